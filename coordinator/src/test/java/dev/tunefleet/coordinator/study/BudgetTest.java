package dev.tunefleet.coordinator.study;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.TrialEvent;

import static dev.tunefleet.coordinator.study.Scenario.DATASET;
import static dev.tunefleet.coordinator.study.Scenario.aConfiguration;
import static dev.tunefleet.coordinator.study.Scenario.aRunningTrial;
import static dev.tunefleet.coordinator.study.Scenario.aStudy;
import static org.assertj.core.api.Assertions.assertThat;

class BudgetTest {

    @Test
    void trialsCountConfigurationsWhateverTheirEnd() {
        Scenario scenario = aStudy().trials(4).running().done(0, 0.5);

        scenario.started(1)
                .failed(1, FailureReason.DIVERGED)
                .started(2)
                .failed(2, FailureReason.ERROR)
                .ask(new Command.CancelTrial(scenario.request(), 3));

        assertThat(scenario.study().trials()).hasSize(4);
        assertThat(scenario.study().entity().ending()).contains(EndReason.TRIALS);
    }

    @Test
    void failuresInARowFailTheStudyWithTheCommonReason() {
        Scenario scenario = aStudy().failures(3).running();

        for (int trial = 0; trial < 3; trial++) {
            scenario.started(trial).failed(trial, FailureReason.INVALID_DATA);
        }

        assertThat(scenario.state()).isEqualTo(StudyState.FAILED);
        assertThat(scenario.study().entity().failure().orElseThrow())
                .contains("3 trials")
                .contains("INVALID_DATA: It did.");
    }

    @Test
    void aResultBetweenFailuresStartsTheCountAnew() {
        Scenario scenario = aStudy().failures(2).running();

        scenario.started(0)
                .failed(0, FailureReason.ERROR)
                .done(1, 0.5)
                .started(2)
                .failed(2, FailureReason.ERROR);

        assertThat(scenario.state()).isEqualTo(StudyState.RUNNING);
    }

    @Test
    void configurationsThatDivergeAreNoFailures() {
        Scenario scenario = aStudy().failures(2).running();

        for (int trial = 0; trial < 5; trial++) {
            scenario.started(trial).failed(trial, FailureReason.DIVERGED);
        }

        assertThat(scenario.state()).isEqualTo(StudyState.RUNNING);
    }

    @Test
    void reachingTheTargetEndsTheStudyAndStopsWhatRuns() {
        Scenario scenario = aStudy().parallel(2).target(0.3).running().started(1);

        scenario.done(0, 0.3);

        assertThat(scenario.study().entity().ending()).contains(EndReason.TARGET);
        assertThat(scenario.trial(1).stopping()).isTrue();
        assertThat(scenario.effects(Effect.Direct.class).getLast().directive().stops(scenario.execution(1)))
                .isTrue();
    }

    @Test
    void patienceCountsTrialsWithoutABetterValue() {
        Scenario scenario = aStudy().patience(2).running();

        scenario.done(0, 0.5).done(1, 0.6).done(2, 0.4).done(3, 0.45);
        assertThat(scenario.state()).isEqualTo(StudyState.RUNNING);
        scenario.started(4).failed(4, FailureReason.DIVERGED);

        assertThat(scenario.study().entity().ending()).contains(EndReason.PATIENCE);
    }

    @Test
    void timeEndsTheStudyAndTheBestEpochOfARunningTrialCounts() {
        Scenario scenario =
                aStudy().time(Duration.ofSeconds(60)).parallel(2).running().done(0, 0.5);
        scenario.started(1);
        for (int second = 0; second < 60; second++) {
            scenario.epoch(1, 1, 0.6).tick(100);
        }
        assertThat(scenario.trial(1).stopping()).isTrue();

        scenario.stopped(1, 4, 0.6);

        assertThat(scenario.study().entity().ending()).contains(EndReason.TIME);
        assertThat(scenario.trial(1).state()).isInstanceOf(TrialState.Pruned.class);
        assertThat(scenario.trial(1).result().orElseThrow().value()).isEqualTo(0.6);
    }

    @Test
    void timeAlsoEndsTheConfirmation() {
        Scenario scenario = aStudy().trials(6)
                .parallel(6)
                .confirm(1)
                .time(Duration.ofSeconds(60))
                .running();
        scenario.done(0, 0.5).done(1, 0.6).done(2, 0.7).done(3, 0.8).started(4).started(5);
        assertThat(scenario.study().entity().ending()).contains(EndReason.TRIALS);

        for (int second = 0; second < 60; second++) {
            scenario.epoch(4, 1, 0.6).epoch(5, 1, 0.6).tick(100);
        }

        assertThat(scenario.study().entity().ending()).contains(EndReason.TIME);
        assertThat(scenario.trial(4).stopping()).isTrue();
    }

    @Test
    void timeExcludesPausesAndJumpsOfTheClock() {
        Scenario scenario = aStudy().time(Duration.ofSeconds(60)).running();

        scenario.silence(20).ask(new Command.PauseStudy(scenario.request()));
        scenario.silence(500).ask(new Command.ResumeStudy(scenario.request()));
        scenario.leap(Duration.ofHours(3), false).silence(20);

        assertThat(scenario.state()).isEqualTo(StudyState.RUNNING);
        assertThat(scenario.study().entity().spent()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(52));
    }

    @Test
    void aTakeOverForgetsNoMoreThanTenSecondsOfTheTime() {
        Scenario scenario = aStudy().time(Duration.ofSeconds(60)).running().silence(35);

        scenario.takeOver();

        assertThat(scenario.study().entity().spent()).isGreaterThanOrEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void noMoreRunAtOnceThanTheStudyAllowsOrTheFleetHas() {
        Scenario scenario = aStudy().trials(50).parallel(6).running();
        assertThat(scenario.published()).hasSize(6);

        scenario.tick(2).done(0, 0.5).done(1, 0.5).done(2, 0.5).done(3, 0.5);

        assertThat(scenario.published()).hasSize(6);
    }

    @Test
    void withoutWorkersNothingIsHandedOutButDemandIsShown() {
        Scenario scenario = new Scenario(aStudy().trials(50).parallel(6).spec(), true)
                .create()
                .tick(0);

        assertThat(scenario.published()).isEmpty();
        assertThat(scenario.effects(Effect.Demand.class)).containsExactly(new Effect.Demand(6));
    }

    @Test
    void demandFallsToWhatIsLeftAndToNothingAtTheEnd() {
        Scenario scenario = aStudy().trials(3).parallel(2).running();

        scenario.done(0, 0.5).done(1, 0.5).done(2, 0.5).tested(0);

        assertThat(scenario.effects(Effect.Demand.class).stream().map(Effect.Demand::slots))
                .containsExactly(2, 1, 0);
    }

    @Test
    void aLargerBudgetExtendsAFinishedStudy() {
        Scenario scenario = aStudy().trials(1).running().done(0, 0.5).tested(0);
        assertThat(scenario.state()).isEqualTo(StudyState.COMPLETED);

        scenario.ask(new Command.CreateStudy(
                        scenario.request(), aStudy().trials(2).spec(), DATASET))
                .done(1, 0.4);

        assertThat(scenario.state()).isEqualTo(StudyState.COMPLETED);
        assertThat(scenario.study().trials()).hasSize(2);
        assertThat(scenario.facts(Fact.FinalEvaluationRequested.class)).hasSize(1);
    }

    @Test
    void aSmallerBudgetIsRefused() {
        Scenario scenario = aStudy().trials(5).running();

        scenario.ask(
                new Command.CreateStudy(scenario.request(), aStudy().trials(4).spec(), DATASET));

        assertThat(scenario.facts(Fact.RequestRefused.class).getLast().reason())
                .isEqualTo("The budget.trials (4) of a study must not shrink; it was 5.");
    }

    @Test
    void enqueuedConfigurationsCountInTheBudget() {
        Scenario scenario = aStudy().trials(2).running();
        scenario.ask(new Command.EnqueueTrial(scenario.request(), aConfiguration(900)));

        scenario.ask(new Command.EnqueueTrial(scenario.request(), aConfiguration(901)));

        assertThat(scenario.study().trials()).hasSize(2);
        assertThat(scenario.facts(Fact.RequestRefused.class).getLast().reason()).contains("Extend its budget first");
    }

    @Test
    void aStoppedTrialWithoutAnEpochIsCancelledAtTheEndOfTime() {
        Scenario scenario = aRunningTrial();

        scenario.ask(new Command.StopStudy(scenario.request()))
                .report(new TrialEvent.TrialStopped(scenario.execution(0), Optional.empty(), Optional.empty()));

        assertThat(scenario.trial(0).state()).isInstanceOf(TrialState.Cancelled.class);
        assertThat(scenario.state()).isEqualTo(StudyState.FAILED);
    }
}
