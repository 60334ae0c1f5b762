package dev.tunefleet.coordinator.study;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.DataShape;
import dev.tunefleet.common.trial.TrainingResult;

/** How each fact changes a study: with {@link TrialFolding} the only place that does. */
final class Folding {

    private final Ledger ledger;
    private final TrialFolding trials;

    Folding(Ledger ledger) {
        this.ledger = ledger;
        this.trials = new TrialFolding(ledger);
    }

    void fold(Fact fact) {
        boolean ofNothing = ledger.study().state == StudyState.ABSENT && fact instanceof Fact.RequestRefused;
        if (ofNothing || !fact.stored()) {
            return;
        }
        switch (fact) {
            case Fact.StudyCreated created -> create(created);
            case Fact.StudyPaused() -> study().state = StudyState.PAUSED;
            case Fact.StudyResumed() -> study().state = StudyState.RUNNING;
            case Fact.StudyExtended extended -> extend(extended);
            case Fact.StudyEnding(EndReason reason) -> {
                study().state = StudyState.ENDING;
                study().ending = Optional.of(reason);
                study().request = Optional.empty();
            }
            case Fact.StudyCompleted() -> study().state = StudyState.COMPLETED;
            case Fact.StudyFailed(String reason) -> {
                study().state = StudyState.FAILED;
                study().failure = Optional.of(reason);
                study().request = Optional.empty();
                study().waiting.clear();
            }
            case Fact.StudyDeleted() -> delete();
            case Fact.TimeSpent(Duration total) -> study().spent = total;
            case Fact.RequestAnswered(RequestId request, Optional<Place> place) -> study().remember(request, place);
            case Fact.RequestRefused(RequestId request, String ignored, Optional<Place> place) ->
                study().remember(request, place);
            case Fact.SuggestionsRequested(SuggestionRequest request) -> {
                study().request = Optional.of(request);
                study().tally = study().tally.withRequests(request.number());
            }
            case Fact.SuggestionsAccepted accepted -> accept(accepted);
            case Fact.SuggestionsDropped(List<Long> numbers) ->
                study().waiting.removeIf(waiting -> numbers.contains(waiting.number()));
            case Fact.L2Opened(L2Opening opening) -> {
                study().overfit = Optional.of(opening);
                // A space that was used up is larger now.
                study().tally = study().tally.withFruitless(0);
            }
            case Fact.HalvingEnded(HalvingEnd end) -> {
                study().halvingEnd = Optional.of(end);
                ledger.endHalving();
            }
            case Fact.DataMeasured(DataShape shape) -> study().shape = Optional.of(shape);
            case Fact.TrialQueued queued -> trials.queue(queued);
            case Fact.AttemptPublished published -> trials.publish(published);
            case Fact.AttemptStarted started -> start(started);
            case Fact.AttemptLost(int trial, int attempt, boolean charged) -> withdraw(trial, attempt, charged);
            case Fact.AttemptReleased(int trial, int attempt) -> withdraw(trial, attempt, false);
            case Fact.EpochMeasured ignored -> {}
            case Fact.CheckpointAdvanced(int trial, Checkpoint checkpoint) ->
                trials.change(trial, known -> known.withCheckpoint(checkpoint));
            case Fact.CheckpointDropped(int trial, Checkpoint ignored) -> trials.change(trial, TrialEntity::anew);
            case Fact.RungPassed(int trial, RungValue rung) -> trials.pass(trial, rung);
            case Fact.RungReached reached -> trials.reachRung(reached);
            case Fact.TrialPromoted(int trial, int trainTo) -> trials.promote(trial, trainTo);
            case Fact.TrialPutBack(int trial) -> trials.putBack(trial);
            case Fact.TrialStopRequested(int trial) -> trials.change(trial, TrialEntity::told);
            case Fact.TrialCompleted completed -> trials.complete(completed);
            case Fact.TrialPruned(int trial, Optional<TrainingResult> result) -> trials.prune(trial, result);
            case Fact.TrialInfeasible infeasible -> trials.infeasible(infeasible);
            case Fact.TrialFailed failed -> trials.fail(failed);
            case Fact.TrialCancelled(int trial) -> trials.cancel(trial);
            case Fact.FinalEvaluationRequested(int trial, BlobRef model) -> {
                study().state = StudyState.EVALUATING;
                study().evaluation = Optional.of(new Evaluation(
                        trial,
                        model,
                        ledger.trial(trial).attempts(),
                        false,
                        Optional.empty(),
                        0,
                        new Evaluation.Outcome.Open()));
            }
            case Fact.EvaluationPublished(int ignored, int attempt) ->
                evaluate(evaluation().publish(attempt));
            case Fact.TestEvaluated tested ->
                evaluate(evaluation().end(new Evaluation.Outcome.Measured(tested.model(), tested.baselines())));
            case Fact.EvaluationFailed(int ignored, String message) ->
                evaluate(evaluation().end(new Evaluation.Outcome.Failed(message)));
            case Fact.LateEventIgnored ignored -> {}
        }
    }

    private void create(Fact.StudyCreated created) {
        LiveStudy study = study();
        study.state = StudyState.RUNNING;
        study.spec = Optional.of(created.spec());
        study.dataset = Optional.of(created.dataset());
        study.attemptFloor = created.attemptFloor();
        ledger.adopt(created.spec());
    }

    private void extend(Fact.StudyExtended extended) {
        LiveStudy study = study();
        study.spec = Optional.of(ledger.spec().withBudget(extended.budget()));
        if (study.state.ended()) {
            study.state = StudyState.RUNNING;
            study.ending = Optional.empty();
            study.failure = Optional.empty();
            study.tally = study.tally.withFailures(0).withSinceBest(0).withFruitless(0);
        }
    }

    private void delete() {
        LiveStudy study = study();
        int floor = Math.max(
                study.attemptFloor, study.evaluation.map(Evaluation::attempt).orElse(0));
        for (TrialEntity trial : ledger.trials()) {
            floor = Math.max(floor, trial.attempts());
        }
        StudyEntity known = study.entity();
        ledger.forget(StudyEntity.deleted(study.id, floor, known.requests(), known.newest()));
    }

    private void accept(Fact.SuggestionsAccepted accepted) {
        LiveStudy study = study();
        study.request = Optional.empty();
        study.waiting.addAll(accepted.suggestions());
        int fruitless = accepted.suggestions().isEmpty() ? study.tally.fruitless() + 1 : 0;
        long numbered = study.tally.suggestions() + accepted.suggestions().size();
        study.tally = study.tally.withFruitless(fruitless).withSuggestions(numbered);
    }

    private void start(Fact.AttemptStarted started) {
        if (evaluates(started.trial(), started.attempt())) {
            evaluate(evaluation().start(new Owner(started.execution(), started.worker())));
        } else {
            trials.start(started);
        }
    }

    private void withdraw(int trial, int attempt, boolean charged) {
        if (evaluates(trial, attempt)) {
            evaluate(evaluation().withdraw(charged));
        } else {
            trials.withdraw(trial, charged);
        }
    }

    private boolean evaluates(int trial, int attempt) {
        return ledger.trial(trial).state().terminal()
                && ledger.study()
                        .evaluation
                        .map(open -> open.trial() == trial && open.attempt() == attempt)
                        .orElse(false);
    }

    private Evaluation evaluation() {
        return ledger.study()
                .evaluation
                .orElseThrow(() ->
                        new IllegalStateException("Study " + ledger.id() + " must have asked for an evaluation."));
    }

    private void evaluate(Evaluation changed) {
        study().evaluation = Optional.of(changed);
    }

    /** The study's own fields, to be changed. */
    private LiveStudy study() {
        return ledger.touch();
    }
}
