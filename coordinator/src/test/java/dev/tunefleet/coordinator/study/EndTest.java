package dev.tunefleet.coordinator.study;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Scheduler;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.TrialEvent;

import static dev.tunefleet.coordinator.study.Scenario.DATASET;
import static dev.tunefleet.coordinator.study.Scenario.MODEL;
import static dev.tunefleet.coordinator.study.Scenario.SCORES;
import static dev.tunefleet.coordinator.study.Scenario.aResult;
import static dev.tunefleet.coordinator.study.Scenario.aStudy;
import static org.assertj.core.api.Assertions.assertThat;

class EndTest {

    private static Scenario anEvaluatedStudy() {
        return aStudy().trials(2).running().done(0, 0.5).done(1, 0.4);
    }

    @Test
    void theBestTrialIsMeasuredOnTheTestPartAndTheStudyIsCompleted() {
        Scenario scenario = anEvaluatedStudy();
        assertThat(evaluations(scenario)).hasSize(1).allSatisfy(evaluation -> {
            assertThat(evaluation.attempt().trial().number()).isOne();
            assertThat(evaluation.model()).isEqualTo(MODEL);
        });

        scenario.tested(1);

        assertThat(scenario.state()).isEqualTo(StudyState.COMPLETED);
        assertThat(scenario.study().entity().evaluation().orElseThrow().outcome())
                .isInstanceOf(Evaluation.Outcome.Measured.class);
    }

    @Test
    void aSecondMeasurementOnTheTestPartIsIgnored() {
        Scenario scenario = anEvaluatedStudy().tested(1);

        scenario.tested(1);

        assertThat(scenario.facts(Fact.TestEvaluated.class)).hasSize(1);
        assertThat(scenario.facts(Fact.LateEventIgnored.class)).hasSize(1);
    }

    @Test
    void aLostEvaluationIsTriedAgainAsAnotherAttempt() {
        Scenario scenario = anEvaluatedStudy();
        scenario.report(new TrialEvent.TrialStarted(scenario.evaluationExecution(1)));

        scenario.silence(21);

        assertThat(evaluations(scenario)).hasSize(2);
        assertThat(evaluations(scenario).getLast().attempt().number()).isEqualTo(3);
        assertThat(scenario.facts(Fact.FinalEvaluationRequested.class)).hasSize(1);
    }

    @Test
    void anEvaluationThatFailsStillLetsTheStudyComplete() {
        Scenario scenario = anEvaluatedStudy();

        scenario.report(new TrialEvent.TrialFailed(
                scenario.evaluationExecution(1), FailureReason.INVALID_DATA, "The data is gone.", 0));

        assertThat(scenario.state()).isEqualTo(StudyState.COMPLETED);
        assertThat(scenario.study().entity().evaluation().orElseThrow().outcome())
                .isEqualTo(new Evaluation.Outcome.Failed("INVALID_DATA: The data is gone."));
    }

    @Test
    void aWinnerThatWaitsAtARungIsGivenItsModelFirst() {
        Scenario scenario = aStudy().scheduler(Scheduler.Asha.DEFAULT).trials(2).running();

        scenario.started(0).rung(0, 3, 0.3).started(1).rung(1, 3, 0.4);
        assertThat(scenario.lastPublished().attempt().trial().number()).isZero();
        assertThat(scenario.lastPublished().trainTo()).isEqualTo(3);
        scenario.started(0)
                .report(new TrialEvent.TrialCompleted(scenario.execution(0), aResult(3, 0.3), MODEL, SCORES));

        assertThat(evaluations(scenario)).hasSize(1);
        assertThat(scenario.trial(1).state()).isInstanceOf(TrialState.Pruned.class);
        assertThat(scenario.trial(0).rungs()).hasSize(1);
    }

    @Test
    void aStudyWithoutAnyResultHasFailed() {
        Scenario scenario = aStudy().trials(2).running();

        scenario.started(0).failed(0, FailureReason.DIVERGED).started(1).failed(1, FailureReason.DIVERGED);

        assertThat(scenario.state()).isEqualTo(StudyState.FAILED);
        assertThat(scenario.study().entity().failure())
                .contains("No trial gave a result. 2 trials ended with: DIVERGED: It did.");
    }

    @Test
    void aFailedStudyStopsEveryWorkerAndLeavesNoTrialOpen() {
        Scenario scenario =
                aStudy().failures(1).parallel(3).running().started(1).started(2);

        scenario.started(0).failed(0, FailureReason.ERROR);

        assertThat(scenario.effects(Effect.Direct.class).getLast().directive().stops(scenario.execution(1)))
                .isTrue();
        assertThat(scenario.study().trials()).allMatch(trial -> trial.state().terminal());
    }

    @Test
    void aTrialThatWasPromotedWhenTheStudyIsStoppedMayStillWin() {
        Scenario scenario =
                aStudy().scheduler(Scheduler.Asha.DEFAULT).trials(20).running();
        scenario.started(0)
                .rung(0, 3, 0.2)
                .started(1)
                .rung(1, 3, 0.4)
                .started(2)
                .rung(2, 3, 0.5);
        assertThat(scenario.trial(0).state()).isEqualTo(new TrialState.Queued(true));

        scenario.ask(new Command.StopStudy(scenario.request()));

        assertThat(scenario.lastPublished().attempt().trial().number()).isZero();
        assertThat(scenario.lastPublished().trainTo()).isEqualTo(3);
    }

    @Test
    void theLuckiestIsNotTheWinnerWhenItsOtherSeedsSaySo() {
        Scenario scenario = aStudy().trials(18).parallel(18).confirm(2).running();
        for (int trial = 0; trial < 14; trial++) {
            scenario.done(trial, 0.5 + trial / 100.0);
        }
        assertThat(scenario.state()).isEqualTo(StudyState.ENDING);
        assertThat(scenario.study().trials()).hasSize(18);

        for (int trial = 14; trial < 18; trial++) {
            boolean ofTheLuckiest = scenario.trial(trial).origin().equals(new Origin.Confirmation(0));
            scenario.done(trial, ofTheLuckiest ? 0.9 : 0.52);
        }

        assertThat(evaluations(scenario).getFirst().configuration())
                .isEqualTo(scenario.trial(1).configuration());
    }

    @Test
    void confirmationsAreTrainedInFullWithOtherSeedsAndCountInTheBudget() {
        Scenario scenario = aStudy().scheduler(Scheduler.Asha.DEFAULT)
                .trials(6)
                .parallel(6)
                .confirm(1)
                .running();
        for (int trial = 0; trial < 4; trial++) {
            scenario.started(trial)
                    .report(new TrialEvent.TrialCompleted(
                            scenario.execution(trial), aResult(2, 0.5 + trial), MODEL, SCORES));
        }

        List<Assignment.TrialSpec> confirmations =
                scenario.published().subList(4, scenario.published().size());
        assertThat(confirmations).hasSize(2).allSatisfy(spec -> {
            assertThat(spec.trainTo()).isEqualTo(9);
            assertThat(spec.configuration()).isEqualTo(scenario.trial(0).configuration());
            assertThat(spec.seed()).isNotEqualTo(scenario.published().getFirst().seed());
        });
    }

    @Test
    void aUsersStopEndsTheConfirmationThatFollowsTheTarget() {
        Scenario scenario =
                aStudy().trials(6).parallel(6).confirm(1).target(0.3).running();
        scenario.done(0, 0.2).started(4).started(5);
        assertThat(scenario.study().entity().ending()).contains(EndReason.TARGET);
        assertThat(scenario.trial(4).origin()).isEqualTo(new Origin.Confirmation(0));

        scenario.ask(new Command.StopStudy(scenario.request()));

        assertThat(scenario.study().entity().ending()).contains(EndReason.STOPPED);
        assertThat(scenario.trial(4).stopping()).isTrue();
        assertThat(scenario.trial(5).stopping()).isTrue();
    }

    @Test
    void aDeletedStudyLeavesNothingToLoadAndStopsItsWorkers() {
        Scenario scenario = aStudy().running().done(0, 0.5).started(1);
        var running = scenario.execution(1);

        scenario.ask(new Command.DeleteStudy(scenario.request()));

        assertThat(scenario.study().trials()).isEmpty();
        assertThat(scenario.state()).isEqualTo(StudyState.DELETED);
        assertThat(scenario.effects(Effect.Direct.class).getLast().directive().stops(running))
                .isTrue();
    }

    @Test
    void aStudyOfTheSameNameIsNotTouchedByWorkersOfTheDeletedOne() {
        Scenario scenario = aStudy().running().started(0);
        var old = scenario.execution(0);
        scenario.ask(new Command.DeleteStudy(scenario.request())).create();

        scenario.report(new TrialEvent.TrialStarted(old)).report(Scenario.completion(old, 0.1));

        assertThat(scenario.lastPublished().attempt().number()).isEqualTo(2);
        assertThat(scenario.trial(0).state()).isEqualTo(new TrialState.Queued(true));
        assertThat(scenario.effects(Effect.ClearStudyDirective.class)).hasSize(1);
    }

    @Test
    void theSameFileAgainChangesNothing() {
        Scenario scenario = aStudy().running();
        StudyEntity before = scenario.study().entity();

        scenario.create();

        assertThat(scenario.facts(Fact.StudyCreated.class)).hasSize(1);
        assertThat(scenario.study().entity().tally()).isEqualTo(before.tally());
        assertThat(scenario.facts(Fact.RequestRefused.class)).isEmpty();
    }

    @Test
    void aFileThatDiffersIsRefusedWithTheDifference() {
        Scenario scenario = aStudy().running();
        var other = aStudy().confirm(1).spec();

        scenario.ask(new Command.CreateStudy(scenario.request(), other, DATASET));

        assertThat(scenario.facts(Fact.RequestRefused.class).getLast().reason())
                .contains("differs in search:")
                .contains("confirm=0")
                .contains("confirm=1");
    }

    @Test
    void otherDataUnderTheSameNameIsRefused() {
        Scenario scenario = aStudy().running();

        scenario.ask(new Command.CreateStudy(scenario.request(), scenario.spec, new BlobRef("datasets/zz", "zz", 1)));

        assertThat(scenario.facts(Fact.RequestRefused.class).getLast().reason()).contains("the content of its data");
    }

    @Test
    void aFileWithALargerBudgetExtendsTheStudy() {
        Scenario scenario = aStudy().trials(3).running();

        scenario.ask(
                new Command.CreateStudy(scenario.request(), aStudy().trials(30).spec(), DATASET));

        assertThat(scenario.study().entity().spec().map(spec -> spec.budget().trials()))
                .isEqualTo(Optional.of(30));
    }

    private static List<Assignment.FinalEvaluation> evaluations(Scenario scenario) {
        return scenario.effects(Effect.Publish.class).stream()
                .map(Effect.Publish::assignment)
                .filter(Assignment.FinalEvaluation.class::isInstance)
                .map(Assignment.FinalEvaluation.class::cast)
                .toList();
    }
}
