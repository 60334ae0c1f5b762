package dev.tunefleet.coordinator.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.DataShape;
import dev.tunefleet.common.trial.TrainingResult;

/** How each fact changes a study: the only place that does. */
final class Folding {

    private final Ledger ledger;

    Folding(Ledger ledger) {
        this.ledger = ledger;
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
            case Fact.RequestAnswered(RequestId request) -> study().remember(request);
            case Fact.RequestRefused(RequestId request, String ignored) -> study().remember(request);
            case Fact.SuggestionsRequested(SuggestionRequest request) -> {
                study().request = Optional.of(request);
                study().tally = study().tally.withRequests(request.number());
            }
            case Fact.SuggestionsAccepted accepted -> accept(accepted);
            case Fact.SuggestionsDropped(List<Long> numbers) ->
                study().waiting.removeIf(waiting -> numbers.contains(waiting.number()));
            case Fact.L2Opened(L2Opening opening) -> study().overfit = Optional.of(opening);
            case Fact.DataMeasured(DataShape shape) -> study().shape = Optional.of(shape);
            case Fact.TrialQueued queued -> queue(queued);
            case Fact.AttemptPublished published -> publish(published);
            case Fact.AttemptStarted started -> start(started);
            case Fact.AttemptLost(int trial, int attempt, boolean charged) -> withdraw(trial, attempt, charged);
            case Fact.AttemptReleased(int trial, int attempt) -> withdraw(trial, attempt, false);
            case Fact.EpochMeasured ignored -> {}
            case Fact.CheckpointAdvanced(int trial, Checkpoint checkpoint) ->
                ledger.put(trial(trial).withCheckpoint(checkpoint));
            case Fact.RungPassed(int trial, RungValue rung) -> enter(trial(trial), List.of(rung));
            case Fact.RungReached reached -> reachRung(reached);
            case Fact.TrialPromoted(int trial, int trainTo) -> promote(trial, trainTo);
            case Fact.TrialPutBack(int trial) -> putBack(trial);
            case Fact.TrialStopRequested(int trial) -> ledger.put(trial(trial).told());
            case Fact.TrialCompleted completed -> complete(completed);
            case Fact.TrialPruned(int trial, Optional<TrainingResult> result) -> prune(trial, result);
            case Fact.TrialInfeasible infeasible -> infeasible(infeasible);
            case Fact.TrialFailed failed -> fail(failed);
            case Fact.TrialCancelled(int trial) -> cancel(trial);
            case Fact.FinalEvaluationRequested(int trial, BlobRef model) -> {
                study().state = StudyState.EVALUATING;
                study().evaluation = Optional.of(new Evaluation(
                        trial,
                        model,
                        trial(trial).attempts(),
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

    private LiveStudy study() {
        return ledger.touch();
    }

    private TrialEntity trial(int number) {
        return ledger.trial(number);
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
        ledger.forget(StudyEntity.deleted(study.id, floor, study.entity().requests()));
    }

    private void accept(Fact.SuggestionsAccepted accepted) {
        LiveStudy study = study();
        study.request = Optional.empty();
        study.waiting.addAll(accepted.suggestions());
        int fruitless = accepted.suggestions().isEmpty() ? study.tally.fruitless() + 1 : 0;
        long numbered = study.tally.suggestions() + accepted.suggestions().size();
        study.tally = study.tally.withFruitless(fruitless).withSuggestions(numbered);
    }

    private void queue(Fact.TrialQueued queued) {
        LiveStudy study = study();
        if (queued.origin() instanceof Origin.Suggested(long number)) {
            study.waiting.removeIf(waiting -> waiting.number() == number);
        }
        study.tally = study.tally.withTrials(queued.trial() + 1);
        int target = queued.origin() instanceof Origin.Confirmation
                ? ledger.spec().budget().epochs()
                : ledger.schedule().firstTarget();
        ledger.put(TrialEntity.queued(
                queued.trial(), queued.configuration(), queued.origin(), study.attemptFloor, target));
    }

    private void publish(Fact.AttemptPublished published) {
        TrialEntity trial = trial(published.trial());
        int from = published.resumeFrom().map(Checkpoint::epoch).orElse(0);
        ledger.put(trial.withAttempt(published.attempt(), published.trainTo(), from)
                .withState(((TrialState.Queued) trial.state()).publish()));
    }

    private void start(Fact.AttemptStarted started) {
        TrialEntity trial = trial(started.trial());
        if (evaluates(trial, started.attempt())) {
            evaluate(evaluation().start(new Owner(started.execution(), started.worker())));
        } else {
            ledger.put(
                    trial.withState(((TrialState.Queued) trial.state()).start(started.execution(), started.worker())));
        }
    }

    private void withdraw(int number, int attempt, boolean charged) {
        TrialEntity trial = trial(number);
        if (evaluates(trial, attempt)) {
            evaluate(evaluation().withdraw(charged));
            return;
        }
        TrialState waiting =
                switch (trial.state()) {
                    case TrialState.Queued queued -> queued.withdraw();
                    case TrialState.Running running -> running.requeue();
                    case TrialState other -> throw illegal(trial, "given back");
                };
        TrialEntity changed = trial.withState(waiting);
        ledger.put(charged ? changed.charged() : changed);
    }

    private void reachRung(Fact.RungReached reached) {
        TrialEntity trial = trial(reached.trial());
        TrialState state =
                switch (trial.state()) {
                    case TrialState.Queued queued -> queued.pause();
                    case TrialState.Running running -> running.pause();
                    case TrialState other -> throw illegal(trial, "paused");
                };
        countResult(trial, reached.result());
        TrialEntity paused = trial.withState(state).withResult(reached.result());
        if (reached.checkpoint().epoch() >= trial.checkpointEpochs()) {
            paused = paused.withCheckpoint(reached.checkpoint());
        }
        int epochs = reached.result().epochs();
        boolean rung = ledger.schedule().rungs().contains(epochs) && epochs > lastRung(trial);
        TrialEntity entered = enter(paused, rung ? List.of(rung(epochs, reached.result())) : List.of());
        if (!entered.confirmation()) {
            ledger.pauseInSchedule(entered);
        }
    }

    private void promote(int number, int trainTo) {
        TrialEntity trial = trial(number);
        ledger.schedule().leave(number);
        ledger.put(trial.withTrainTo(trainTo).withState(((TrialState.Paused) trial.state()).promote()));
    }

    private void putBack(int number) {
        TrialEntity trial = trial(number);
        TrialEntity paused = trial.withState(((TrialState.Queued) trial.state()).pause());
        ledger.put(paused);
        if (!paused.confirmation()) {
            ledger.pauseInSchedule(paused);
        }
    }

    private void complete(Fact.TrialCompleted completed) {
        TrialEntity trial = trial(completed.trial());
        TrialState state =
                switch (trial.state()) {
                    case TrialState.Queued queued -> queued.complete(completed.model(), completed.validation());
                    case TrialState.Running running -> running.complete(completed.model(), completed.validation());
                    case TrialState other -> throw illegal(trial, "completed");
                };
        countResult(trial, completed.result());
        List<RungValue> later = ledger.schedule().rungs().stream()
                .filter(rung -> rung > lastRung(trial))
                .map(rung -> rung(rung, completed.result()))
                .toList();
        enter(trial.withState(state).withResult(completed.result()), exported(trial) ? List.of() : later);
    }

    /** Whether the newest attempt was to export a model and to train nothing. */
    private static boolean exported(TrialEntity trial) {
        return trial.resumedFrom() >= trial.trainTo();
    }

    private void prune(int number, Optional<TrainingResult> result) {
        TrialEntity trial = trial(number);
        TrialState state =
                switch (trial.state()) {
                    case TrialState.Queued queued -> queued.prune();
                    case TrialState.Running running -> running.prune();
                    case TrialState.Paused paused -> paused.prune();
                    case TrialState other -> throw illegal(trial, "pruned");
                };
        result.ifPresent(newest -> countResult(trial, newest));
        ledger.schedule().leave(number);
        TrialEntity pruned = trial.withState(state);
        ledger.put(result.map(pruned::withResult).orElse(pruned));
    }

    private void infeasible(Fact.TrialInfeasible fact) {
        TrialEntity trial = trial(fact.trial());
        TrialState state =
                switch (trial.state()) {
                    case TrialState.Queued queued -> queued.infeasible(fact.reason(), fact.message(), fact.seconds());
                    case TrialState.Running running ->
                        running.infeasible(fact.reason(), fact.message(), fact.seconds());
                    case TrialState other -> throw illegal(trial, "found infeasible");
                };
        countFruitless(trial);
        ledger.put(trial.withState(state));
    }

    private void fail(Fact.TrialFailed fact) {
        TrialEntity trial = trial(fact.trial());
        TrialState state =
                switch (trial.state()) {
                    case TrialState.Queued queued -> queued.fail(fact.reason(), fact.message());
                    case TrialState.Running running -> running.fail(fact.reason(), fact.message());
                    case TrialState other -> throw illegal(trial, "failed");
                };
        countFruitless(trial);
        study().tally = study().tally.withFailures(study().tally.failures() + 1);
        ledger.put(trial.withState(state));
    }

    private void cancel(int number) {
        TrialEntity trial = trial(number);
        TrialState state =
                switch (trial.state()) {
                    case TrialState.Queued queued -> queued.cancel();
                    case TrialState.Running running -> running.cancel();
                    case TrialState.Paused paused -> paused.cancel();
                    case TrialState other -> throw illegal(trial, "cancelled");
                };
        ledger.schedule().leave(number);
        ledger.put(trial.withState(state));
    }

    private TrialEntity enter(TrialEntity trial, List<RungValue> reached) {
        var rungs = new ArrayList<>(trial.rungs());
        rungs.addAll(reached);
        TrialEntity entered = trial.withRungs(rungs);
        ledger.put(entered);
        if (!trial.confirmation()) {
            reached.forEach(rung -> ledger.schedule().enter(trial.number(), rung.epochs(), rung.stopValue()));
        }
        return entered;
    }

    private void countResult(TrialEntity trial, TrainingResult result) {
        LiveStudy study = study();
        Tally tally = study.tally.withResults(study.tally.results() + 1).withFailures(0);
        if (trial.confirmation()) {
            study.tally = tally;
            return;
        }
        boolean better = study.best.map(best -> result.value() < best.value()).orElse(true);
        boolean first = trial.result().isEmpty();
        if (better) {
            study.best = Optional.of(new Best(trial.number(), result.value()));
        }
        study.tally = better ? tally.withSinceBest(0) : first ? tally.withSinceBest(tally.sinceBest() + 1) : tally;
    }

    private void countFruitless(TrialEntity trial) {
        LiveStudy study = study();
        Tally tally = study.tally.withResults(study.tally.results() + 1);
        boolean counts = trial.result().isEmpty() && !trial.confirmation();
        study.tally = counts ? tally.withSinceBest(tally.sinceBest() + 1) : tally;
    }

    private static int lastRung(TrialEntity trial) {
        return trial.rungs().isEmpty() ? 0 : trial.rungs().getLast().epochs();
    }

    private static RungValue rung(int epochs, TrainingResult result) {
        return new RungValue(epochs, result.stopValue(), result.value());
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

    private boolean evaluates(TrialEntity trial, int attempt) {
        return trial.state().terminal()
                && ledger.study()
                        .evaluation
                        .map(open -> open.trial() == trial.number() && open.attempt() == attempt)
                        .orElse(false);
    }

    private IllegalStateException illegal(TrialEntity trial, String change) {
        return new IllegalStateException("The trial " + ledger.trialId(trial.number()) + " ("
                + trial.state().getClass().getSimpleName() + ") must not be " + change + ".");
    }
}
