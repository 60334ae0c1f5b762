package dev.tunefleet.coordinator.study;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.TrialEvent;

import static dev.tunefleet.coordinator.study.Scenario.aCheckpoint;
import static dev.tunefleet.coordinator.study.Scenario.aRunningTrial;
import static dev.tunefleet.coordinator.study.Scenario.aStudy;
import static org.assertj.core.api.Assertions.assertThat;

class LeaseTest {

    @Test
    void silenceOfTwentySecondsIsNotALoss() {
        Scenario scenario = aRunningTrial();

        scenario.silence(20);

        assertThat(scenario.facts(Fact.AttemptLost.class)).isEmpty();
    }

    @Test
    void anAttemptThatIsSilentForLongerIsLostAndTheNextResumesFromTheNewestCheckpoint() {
        Scenario scenario = aRunningTrial().checkpoint(0, 3).checkpoint(0, 5);

        scenario.silence(21);

        assertThat(scenario.facts(Fact.AttemptLost.class)).containsExactly(new Fact.AttemptLost(0, 1, false));
        assertThat(scenario.lastPublished().attempt().number()).isEqualTo(2);
        assertThat(scenario.lastPublished().resumeFrom()).contains(aCheckpoint(5));
    }

    @Test
    void eachReportBeginsTheSilenceAnew() {
        Scenario scenario = aRunningTrial();

        scenario.silence(15)
                .epoch(0, 1, 0.5)
                .silence(15)
                .report(new TrialEvent.TrialProgressed(scenario.execution(0), 1))
                .silence(15);

        assertThat(scenario.facts(Fact.AttemptLost.class)).isEmpty();
    }

    @Test
    void aTakeOverBeginsTheSilenceAnew() {
        Scenario scenario = aRunningTrial().silence(15);

        scenario.takeOver().silence(15);

        assertThat(scenario.facts(Fact.AttemptLost.class)).isEmpty();
    }

    @Test
    void silenceDoesNotCountWhileInputIsWaiting() {
        Scenario scenario = aRunningTrial();

        for (int i = 0; i < 3600; i++) {
            scenario.leap(Duration.ofSeconds(1), true);
        }

        assertThat(scenario.facts(Fact.AttemptLost.class)).isEmpty();
    }

    @Test
    void aClockThatJumpsByAnHourLosesNothing() {
        Scenario scenario = aRunningTrial();

        scenario.leap(Duration.ofHours(1), false)
                .leap(Duration.ofHours(-2), false)
                .leap(Duration.ofHours(1), false);

        assertThat(scenario.facts(Fact.AttemptLost.class)).isEmpty();
    }

    @Test
    void aLossWithoutANewerCheckpointIsChargedAndTheTrialThenRunsAlone() {
        Scenario scenario = aRunningTrial();

        scenario.silence(21);

        assertThat(scenario.trial(0).charges()).isEqualTo(1);
        assertThat(scenario.lastPublished().alone()).isTrue();
    }

    @Test
    void anAttemptThatOnlyWaitedToBeAloneIsNotChargedHoweverOftenItsWorkersDie() {
        Scenario scenario = aRunningTrial().silence(21);

        for (int attempt = 2; attempt < 7; attempt++) {
            scenario.waits(0).silence(15).waits(0).silence(21);
        }

        assertThat(scenario.trial(0).charges()).isOne();
        assertThat(scenario.lastPublished().attempt().number()).isEqualTo(7);
        assertThat(scenario.lastPublished().alone()).isTrue();
    }

    @Test
    void anAttemptThatBeganAfterItHadWaitedIsCharged() {
        Scenario scenario = aRunningTrial().silence(21);

        scenario.waits(0).started(0).silence(21);

        assertThat(scenario.trial(0).charges()).isEqualTo(2);
    }

    @Test
    void anAttemptThatWaitsHasOneOwner() {
        Scenario scenario = aStudy().running().waits(0);
        var other = scenario.execution(0, 1, 2);

        scenario.report(new TrialEvent.TrialStarted(other));

        assertThat(scenario.effects(Effect.Direct.class).getLast().directive().stops(other))
                .isTrue();
        assertThat(scenario.facts(Fact.AttemptStarted.class)).hasSize(1);
    }

    @Test
    void aCoordinatorThatTookOverLearnsThatAnAttemptWaits() {
        Scenario scenario = aRunningTrial().silence(21).waits(0);

        scenario.takeOver().waits(0).silence(22);

        assertThat(scenario.facts(Fact.AttemptLost.class)).hasSize(2);
        assertThat(scenario.trial(0).charges()).isOne();
    }

    @Test
    void afterTheThirdChargeTheTrialHasFailed() {
        Scenario scenario = aRunningTrial();

        scenario.silence(21).started(0).silence(21).started(0).silence(21);

        assertThat(scenario.trial(0).state())
                .isInstanceOfSatisfying(TrialState.Failed.class, failed -> assertThat(failed.reason())
                        .isEqualTo(FailureReason.WORKER_LOST));
        assertThat(scenario.lastPublished().attempt().trial().number()).isEqualTo(1);
    }

    @Test
    void anInnocentNeighbourIsForgivenAsSoonAsItGetsOn() {
        Scenario scenario = aRunningTrial().silence(21).started(0);
        assertThat(scenario.trial(0).charges()).isOne();

        scenario.checkpoint(0, 2).silence(21);

        assertThat(scenario.trial(0).charges()).isZero();
        assertThat(scenario.lastPublished().alone()).isFalse();
    }

    @Test
    void aTrialThatDiesAtTheSameEpochEachTimeFailsThoughItHasACheckpoint() {
        Scenario scenario = aRunningTrial().checkpoint(0, 2).silence(21);

        scenario.started(0).silence(21).started(0).silence(21).started(0).silence(21);

        assertThat(scenario.trial(0).state()).isInstanceOf(TrialState.Failed.class);
    }

    @Test
    void aTrialThatGetsOnIsNeverChargedHoweverOftenItsWorkersDie() {
        Scenario scenario = aRunningTrial();

        scenario.onAttempt(8);

        assertThat(scenario.trial(0).charges()).isZero();
        assertThat(scenario.trial(0).state()).isInstanceOf(TrialState.Running.class);
    }

    @Test
    void anAttemptThatNobodyTakesIsPublishedAgainInTheEndAndNotCharged() {
        Scenario scenario = aStudy().running();

        scenario.silence(601);

        assertThat(scenario.facts(Fact.AttemptLost.class)).containsExactly(new Fact.AttemptLost(0, 1, false));
        assertThat(scenario.lastPublished().attempt().number()).isEqualTo(2);
    }

    @Test
    void anAttemptThatWaitsBehindLongTrialsIsNotPublishedAgain() {
        Scenario scenario = aStudy().parallel(3).running().tick(3).started(0).started(1);

        for (int i = 0; i < 3000; i++) {
            scenario.report(new TrialEvent.TrialProgressed(scenario.execution(0), 1))
                    .report(new TrialEvent.TrialProgressed(scenario.execution(1), 1))
                    .tick(3);
        }

        assertThat(scenario.facts(Fact.AttemptLost.class)).isEmpty();
    }

    @Test
    void aLostExecutionThatComesBackIsToldToStop() {
        Scenario scenario = aRunningTrial();
        var old = scenario.execution(0);

        scenario.silence(21).started(0).report(new TrialEvent.TrialProgressed(old, 4));

        assertThat(scenario.effects(Effect.Direct.class).getLast().directive().stops(old))
                .isTrue();
        assertThat(scenario.trial(0).attempts()).isEqualTo(2);
    }
}
