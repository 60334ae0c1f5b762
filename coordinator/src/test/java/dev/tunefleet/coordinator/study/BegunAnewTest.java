package dev.tunefleet.coordinator.study;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Scheduler;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.TrialEvent;

import static dev.tunefleet.coordinator.study.Scenario.aCheckpoint;
import static dev.tunefleet.coordinator.study.Scenario.aResult;
import static dev.tunefleet.coordinator.study.Scenario.aRunningTrial;
import static dev.tunefleet.coordinator.study.Scenario.aStudy;
import static org.assertj.core.api.Assertions.assertThat;

/** A checkpoint is gone from the store, and with it what the next attempt was to go on from. */
class BegunAnewTest {

    private static final int OLD = 5;

    @Test
    void theCheckpointsOfATrialThatBeganAnewCountFromTheBeginning() {
        Scenario scenario = beganAnew();

        scenario.checkpoint(0, 2).report(new TrialEvent.TrialReleased(scenario.execution(0), Optional.empty()));

        assertThat(scenario.lastPublished().resumeFrom()).contains(aCheckpoint(2));
    }

    @Test
    void whatIsGoneIsHandedToNobodyAgain() {
        Scenario scenario = beganAnew();

        scenario.report(new TrialEvent.TrialReleased(scenario.execution(0), Optional.empty()));

        assertThat(scenario.lastPublished().resumeFrom()).isEmpty();
    }

    @Test
    void aWorkerThatDiesAfterTheFirstNewCheckpointIsNotCharged() {
        Scenario scenario = beganAnew();

        scenario.checkpoint(0, 2).silence(21);

        assertThat(scenario.facts(Fact.AttemptLost.class).getLast().charged()).isFalse();
        assertThat(scenario.trial(0).charges()).isZero();
    }

    @Test
    void aWorkerThatDiesBeforeItIsCharged() {
        Scenario scenario = beganAnew();

        scenario.silence(21);

        assertThat(scenario.trial(0).charges()).isOne();
    }

    @Test
    void aNewerCheckpointStaysHoweverOftenAndLateItIsToldThatTheOldOneIsGone() {
        Scenario scenario = beganAnew().checkpoint(0, 2);

        scenario.report(gone(scenario.execution(0))).report(gone(scenario.execution(0)));

        assertThat(scenario.trial(0).checkpoint()).contains(aCheckpoint(2));
        assertThat(scenario.facts(Fact.CheckpointDropped.class)).hasSize(1);
    }

    @Test
    void onlyTheOwnerCanSayThatACheckpointIsGone() {
        Scenario scenario = aRunningTrial().checkpoint(0, OLD);
        Execution stranger = scenario.execution(0, 1, 2);

        scenario.report(gone(stranger));

        assertThat(scenario.trial(0).checkpoint()).contains(aCheckpoint(OLD));
        assertThat(scenario.effects(Effect.Direct.class).getLast().directive().stops(stranger))
                .isTrue();
    }

    @Test
    void aPromotedTrialKeepsItsRungAndItsTarget() {
        Scenario scenario = promoted();

        scenario.report(new TrialEvent.CheckpointGone(scenario.execution(0), aCheckpoint(3)))
                .epoch(0, 3, 0.2)
                .report(new TrialEvent.TrialReleased(scenario.execution(0), Optional.of(aCheckpoint(4))));

        assertThat(scenario.trial(0).rungs()).containsExactly(new RungValue(3, 0.2, 0.2));
        assertThat(scenario.lastPublished().trainTo()).isEqualTo(9);
        assertThat(scenario.lastPublished().resumeFrom()).contains(aCheckpoint(4));
    }

    @Test
    void theBestOfAStoppedStudyIsTrainedToItsResultAgain() {
        Scenario scenario = promoted();
        scenario.report(new TrialEvent.CheckpointGone(scenario.execution(0), aCheckpoint(3)));

        scenario.ask(new Command.StopStudy(scenario.request()));
        scenario.stopped(0, 1, 0.9);

        assertThat(scenario.trial(0).result()).contains(aResult(3, 0.2));
        assertThat(scenario.lastPublished().attempt().trial().number()).isZero();
        assertThat(scenario.lastPublished().trainTo()).isEqualTo(3);
        assertThat(scenario.lastPublished().resumeFrom()).contains(aCheckpoint(1));
    }

    @Test
    void theBestOfAStoppedStudyNeedsNoCheckpoint() {
        Scenario scenario = promoted();
        scenario.report(new TrialEvent.CheckpointGone(scenario.execution(0), aCheckpoint(3)));

        scenario.ask(new Command.StopStudy(scenario.request()));
        scenario.report(new TrialEvent.TrialStopped(scenario.execution(0), Optional.empty(), Optional.empty()));

        assertThat(scenario.lastPublished().attempt().trial().number()).isZero();
        assertThat(scenario.lastPublished().trainTo()).isEqualTo(3);
        assertThat(scenario.lastPublished().resumeFrom()).isEmpty();
    }

    @Test
    void aModelThatWasToBeExportedFromWhatIsGoneIsTrainedAgain() {
        Scenario scenario = promoted();
        scenario.ask(new Command.StopStudy(scenario.request()));
        scenario.stopped(0, 3, 0.2).started(0);
        assertThat(scenario.lastPublished().trainTo()).isEqualTo(3);

        scenario.report(new TrialEvent.CheckpointGone(scenario.execution(0), aCheckpoint(3)))
                .rung(0, 3, 0.2)
                .started(0)
                .completed(0, 0.2);

        assertThat(scenario.trial(0).state()).isInstanceOf(TrialState.Completed.class);
        assertThat(scenario.state()).isEqualTo(StudyState.EVALUATING);
    }

    /** Trial 0 lost a worker after {@link #OLD} epochs, and runs again without what that one stored. */
    private static Scenario beganAnew() {
        Scenario scenario = aRunningTrial().checkpoint(0, OLD).silence(21).started(0);
        return scenario.report(gone(scenario.execution(0)));
    }

    private static TrialEvent gone(Execution execution) {
        return new TrialEvent.CheckpointGone(execution, aCheckpoint(OLD));
    }

    /** Trial 0 is the best of three at the first rung and runs on from there. */
    private static Scenario promoted() {
        Scenario scenario =
                aStudy().scheduler(Scheduler.Asha.DEFAULT).trials(20).running();
        return scenario.started(0)
                .rung(0, 3, 0.2)
                .started(1)
                .rung(1, 3, 0.4)
                .started(2)
                .rung(2, 3, 0.5)
                .started(0);
    }
}
