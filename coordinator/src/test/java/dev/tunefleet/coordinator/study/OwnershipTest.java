package dev.tunefleet.coordinator.study;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.TrialEvent;

import static dev.tunefleet.coordinator.study.Scenario.aCheckpoint;
import static dev.tunefleet.coordinator.study.Scenario.aResult;
import static dev.tunefleet.coordinator.study.Scenario.aRunningTrial;
import static dev.tunefleet.coordinator.study.Scenario.aStudy;
import static dev.tunefleet.coordinator.study.Scenario.completion;
import static org.assertj.core.api.Assertions.assertThat;

class OwnershipTest {

    @Test
    void theFirstExecutionThatStartsOwnsTheAttempt() {
        Scenario scenario = aStudy().running();
        Execution second = scenario.execution(0, 1, 2);

        scenario.started(0).report(new TrialEvent.TrialStarted(second));

        Execution first = scenario.execution(0);
        assertThat(scenario.trial(0).state()).isEqualTo(new TrialState.Running(first.id(), first.worker()));
        assertThat(scenario.effects(Effect.Direct.class)).hasSize(2).allSatisfy(direct -> {
            assertThat(direct.directive().stops(second)).isTrue();
            assertThat(direct.directive().stops(first)).isFalse();
        });
    }

    @Test
    void anExecutionWhoseStartIsStillUnderWayOwnsTheAttemptByItsFirstEpoch() {
        Scenario scenario = aStudy().running();

        scenario.epoch(0, 1, 0.5);

        assertThat(scenario.trial(0).state()).isInstanceOf(TrialState.Running.class);
        assertThat(scenario.facts(Fact.EpochMeasured.class)).hasSize(1);
    }

    @Test
    void onlyTheOwnerMovesTheCheckpointAndOnlyUpwards() {
        Scenario scenario = aRunningTrial();

        scenario.checkpoint(0, 4)
                .checkpoint(0, 2)
                .report(new TrialEvent.CheckpointStored(scenario.execution(0, 1, 2), aCheckpoint(6)));

        assertThat(scenario.trial(0).checkpoint()).contains(aCheckpoint(4));
    }

    @Test
    void anExecutionOfAnOlderAttemptIsToldToStopAndTheOwnerIsNot() {
        Scenario scenario = aRunningTrial().onAttempt(2);
        Execution old = scenario.execution(0, 1, 1);

        scenario.report(new TrialEvent.TrialProgressed(old, 3));

        Directive last = scenario.effects(Effect.Direct.class).getLast().directive();
        assertThat(last.stops(old)).isTrue();
        assertThat(last.stops(scenario.execution(0))).isFalse();
    }

    @Test
    void anAttemptThatWasNeverMintedIsIgnored() {
        Scenario scenario = aRunningTrial();

        scenario.report(completion(scenario.execution(0, 7, 1), 0.1));

        assertThat(scenario.trial(0).state()).isInstanceOf(TrialState.Running.class);
        assertThat(scenario.facts(Fact.LateEventIgnored.class)).hasSize(1);
    }

    @Test
    void theResultOfAnAbandonedExecutionCountsWhereThereIsNoneYet() {
        Scenario scenario = aRunningTrial().onAttempt(2);

        scenario.report(completion(scenario.execution(0, 1, 1), 0.25));

        assertThat(scenario.trial(0).state()).isInstanceOf(TrialState.Completed.class);
        assertThat(scenario.study().entity().best()).contains(new Best(0, 0.25));
        assertThat(scenario.effects(Effect.Direct.class).getLast().directive().stops(scenario.execution(0)))
                .isTrue();
    }

    @Test
    void lateResultOfAFinishedTrialIsIgnored() {
        Scenario scenario = aRunningTrial().onAttempt(2).completed(0, 0.3);

        scenario.report(completion(scenario.execution(0, 1, 1), 0.1));

        assertThat(scenario.study().entity().best()).contains(new Best(0, 0.3));
        assertThat(scenario.facts(Fact.TrialCompleted.class)).hasSize(1);
        assertThat(scenario.facts(Fact.LateEventIgnored.class)).hasSize(1);
    }

    @Test
    void anAbandonedExecutionCannotFailTheTrialThatRunsElsewhere() {
        Scenario scenario = aRunningTrial().onAttempt(2);

        scenario.report(
                new TrialEvent.TrialFailed(scenario.execution(0, 1, 1), FailureReason.ERROR, "Its disk is full.", 1));

        assertThat(scenario.trial(0).state()).isInstanceOf(TrialState.Running.class);
    }

    @Test
    void aDrainedTrialIsHandedOutAgainAtOnceFromItsCheckpointAndNotCharged() {
        Scenario scenario = aRunningTrial();

        scenario.report(new TrialEvent.TrialReleased(scenario.execution(0), Optional.of(aCheckpoint(3))));

        assertThat(scenario.lastPublished().attempt().number()).isEqualTo(2);
        assertThat(scenario.lastPublished().resumeFrom()).contains(aCheckpoint(3));
        assertThat(scenario.lastPublished().alone()).isFalse();
        assertThat(scenario.trial(0).charges()).isZero();
    }

    @Test
    void eachAttemptOfATrialHasTheSameSeedAndEachTrialAnother() {
        Scenario scenario = aRunningTrial().onAttempt(2).completed(0, 0.5).started(1);

        var published = scenario.published();

        assertThat(published.get(0).seed()).isEqualTo(published.get(1).seed());
        assertThat(published.get(2).seed()).isNotEqualTo(published.get(0).seed());
    }

    @Test
    void aFinishedTrialWithdrawsItsDirective() {
        Scenario scenario = aRunningTrial();

        scenario.completed(0, 0.5);

        assertThat(scenario.effects(Effect.ClearDirective.class)).hasSize(1);
    }

    @Test
    void aResultThatIsNotANumberIsADivergence() {
        Scenario scenario = aRunningTrial();

        scenario.completed(0, Double.NaN);

        assertThat(scenario.trial(0).state())
                .isInstanceOfSatisfying(TrialState.Infeasible.class, infeasible -> assertThat(infeasible.reason())
                        .isEqualTo(FailureReason.DIVERGED));
        assertThat(scenario.study().entity().best()).isEmpty();
    }

    @Test
    void aTrialThatTookTooLongIsInfeasibleAndHasNoValue() {
        Scenario scenario = aRunningTrial();

        scenario.failed(0, FailureReason.TIMED_OUT);

        assertThat(scenario.trial(0).state()).isInstanceOfSatisfying(TrialState.Infeasible.class, infeasible -> {
            assertThat(infeasible.reason()).isEqualTo(FailureReason.TIMED_OUT);
            assertThat(infeasible.seconds()).isEqualTo(1);
        });
        assertThat(scenario.study().entity().best()).isEmpty();
    }

    @Test
    void aTrialThatStopsWithoutBeingAskedGoesOnElsewhere() {
        Scenario scenario = aRunningTrial();

        scenario.report(new TrialEvent.TrialStopped(
                scenario.execution(0), Optional.of(aResult(2, 0.5)), Optional.of(aCheckpoint(2))));

        assertThat(scenario.lastPublished().attempt().number()).isEqualTo(2);
        assertThat(scenario.lastPublished().resumeFrom()).contains(aCheckpoint(2));
    }
}
