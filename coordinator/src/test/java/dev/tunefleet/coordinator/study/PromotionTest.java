package dev.tunefleet.coordinator.study;

import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Scheduler;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.TrialEvent;

import static dev.tunefleet.coordinator.study.Scenario.MODEL;
import static dev.tunefleet.coordinator.study.Scenario.SCORES;
import static dev.tunefleet.coordinator.study.Scenario.aCheckpoint;
import static dev.tunefleet.coordinator.study.Scenario.aResult;
import static dev.tunefleet.coordinator.study.Scenario.aStudy;
import static org.assertj.core.api.Assertions.assertThat;

class PromotionTest {

    private static Scenario.Asked anAshaStudy() {
        return aStudy().scheduler(Scheduler.Asha.DEFAULT);
    }

    @Test
    void aTrialIsFirstTrainedToTheLowestRung() {
        Scenario scenario = anAshaStudy().running();

        assertThat(scenario.lastPublished().trainTo()).isEqualTo(3);
    }

    @Test
    void nothingIsPromotedBeforeEtaResultsAreInTheRung() {
        Scenario scenario = anAshaStudy().running();

        scenario.started(0).rung(0, 3, 0.5).started(1).rung(1, 3, 0.6);

        assertThat(scenario.facts(Fact.TrialPromoted.class)).isEmpty();
    }

    @Test
    void theBestThirdOfARungGoesOnFromItsCheckpointToTheNext() {
        Scenario scenario = anAshaStudy().running();

        scenario.started(0)
                .rung(0, 3, 0.5)
                .started(1)
                .rung(1, 3, 0.4)
                .started(2)
                .rung(2, 3, 0.6);

        assertThat(scenario.facts(Fact.TrialPromoted.class)).containsExactly(new Fact.TrialPromoted(1, 9));
        assertThat(scenario.lastPublished().attempt().number()).isEqualTo(2);
        assertThat(scenario.lastPublished().trainTo()).isEqualTo(9);
        assertThat(scenario.lastPublished().resumeFrom()).contains(aCheckpoint(3));
    }

    @Test
    void aTrialThatStoppedEarlyCompetesAtItsRungAndEveryLaterOneAtNoCost() {
        Scenario scenario = anAshaStudy().running();

        scenario.started(0)
                .report(new TrialEvent.TrialCompleted(scenario.execution(0), aResult(2, 0.4), MODEL, SCORES))
                .started(1)
                .rung(1, 3, 0.5)
                .started(2)
                .rung(2, 3, 0.6);

        assertThat(scenario.trial(0).rungs().stream().map(RungValue::epochs)).containsExactly(3, 9);
        assertThat(scenario.facts(Fact.TrialPromoted.class)).isEmpty();
    }

    @Test
    void aTrialThatFailsAfterItsRungIsNoLongerTheBest() {
        Scenario scenario = anAshaStudy()
                .running()
                .started(0)
                .rung(0, 3, 0.5)
                .started(1)
                .rung(1, 3, 0.4)
                .started(2)
                .rung(2, 3, 0.6);
        assertThat(scenario.study().entity().best()).contains(new Best(1, 0.4));

        scenario.started(1).failed(1, FailureReason.DIVERGED);

        assertThat(scenario.trial(1).state().fruitless()).isTrue();
        assertThat(scenario.study().entity().best()).contains(new Best(0, 0.5));
    }

    @Test
    void aDuplicateOfALowerRungDoesNotEndThePromotedAttempt() {
        Scenario scenario = anAshaStudy().running();
        scenario.started(0)
                .rung(0, 3, 0.4)
                .started(1)
                .rung(1, 3, 0.5)
                .started(2)
                .rung(2, 3, 0.6);

        scenario.report(new TrialEvent.RungReached(scenario.execution(0, 1, 1), aResult(3, 0.4), aCheckpoint(3)));

        assertThat(scenario.trial(0).state()).isEqualTo(new TrialState.Queued(true));
        assertThat(scenario.trial(0).rungs()).hasSize(1);
    }

    @Test
    void aRungReachedByALostExecutionCounts() {
        Scenario scenario = anAshaStudy().running().started(0).silence(21).started(0);

        scenario.report(new TrialEvent.RungReached(scenario.execution(0, 1, 1), aResult(3, 0.4), aCheckpoint(3)));

        assertThat(scenario.trial(0).state()).isInstanceOf(TrialState.Paused.class);
        assertThat(scenario.effects(Effect.Direct.class).getLast().directive().stops(scenario.execution(0, 2, 1)))
                .isTrue();
    }

    @Test
    void promotionsGoBeforeNewConfigurations() {
        Scenario scenario = anAshaStudy().trials(30).parallel(3).running();

        scenario.started(0).started(1).started(2);
        scenario.rung(0, 3, 0.4).rung(1, 3, 0.5).rung(2, 3, 0.6);

        assertThat(scenario.lastPublished().attempt().trial().number()).isZero();
    }

    @Test
    void pausedTrialsArePrunedWithTheirValueAtTheEnd() {
        Scenario scenario = anAshaStudy().trials(3).running();

        scenario.started(0)
                .rung(0, 3, 0.5)
                .started(1)
                .rung(1, 3, 0.4)
                .started(2)
                .rung(2, 3, 0.6);
        scenario.started(1).completed(1, 0.3);

        assertThat(scenario.trial(0).state()).isInstanceOf(TrialState.Pruned.class);
        assertThat(scenario.trial(0).result().orElseThrow().value()).isEqualTo(0.5);
        assertThat(scenario.trial(2).state()).isInstanceOf(TrialState.Pruned.class);
    }

    @Test
    void aRunningTrialWorseThanTheMedianOfTheOthersIsStopped() {
        Scenario scenario =
                aStudy().scheduler(new Scheduler.MedianStopping(3, 3)).running();
        for (int trial = 0; trial < 3; trial++) {
            scenario.started(trial).epoch(trial, 3, 0.4 + trial / 10.0).completed(trial, 0.3);
        }

        scenario.started(3).epoch(3, 2, 0.9).epoch(3, 3, 0.55).stopped(3, 3, 0.55);

        assertThat(scenario.trial(3).state()).isInstanceOf(TrialState.Pruned.class);
        assertThat(scenario.facts(Fact.TrialStopRequested.class)).containsExactly(new Fact.TrialStopRequested(3));
    }

    @Test
    void aRungThatIsPassedAfterTheBestEpochHasTheObjectiveOfThatEpoch() {
        Scenario scenario =
                aStudy().scheduler(new Scheduler.MedianStopping(3, 3)).running().started(0);

        scenario.epoch(0, new Measurement(4, 0.2, 0.28, 0.3, 0.28, 1))
                .epoch(0, new Measurement(6, 0.1, 0.44, 0.45, 0.28, 1, OptionalDouble.of(0.3)));

        assertThat(scenario.trial(0).rungs()).containsExactly(new RungValue(6, 0.28, 0.3));
    }

    @Test
    void aRungThatIsPassedAtTheBestEpochOrIsToldOfByAnOldWorkerHasTheObjectiveOfThatEpoch() {
        Scenario scenario =
                aStudy().scheduler(new Scheduler.MedianStopping(3, 3)).running().started(0);

        scenario.epoch(0, new Measurement(3, 0.2, 0.28, 0.3, 0.28, 1))
                .epoch(0, new Measurement(6, 0.1, 0.44, 0.45, 0.28, 1));

        assertThat(scenario.trial(0).rungs())
                .containsExactly(new RungValue(3, 0.28, 0.3), new RungValue(6, 0.28, 0.45));
    }

    @Test
    void aRunningTrialNoWorseThanTheMedianGoesOn() {
        Scenario scenario =
                aStudy().scheduler(new Scheduler.MedianStopping(3, 3)).running();
        for (int trial = 0; trial < 3; trial++) {
            scenario.started(trial).epoch(trial, 3, 0.4 + trial / 10.0).completed(trial, 0.3);
        }

        scenario.started(3).epoch(3, 3, 0.5);

        assertThat(scenario.facts(Fact.TrialStopRequested.class)).isEmpty();
    }
}
