package dev.tunefleet.coordinator.study;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.trial.Directive;

/** Leads a study to its end: finds that a limit is reached, settles what still runs, names the winner, has it measured. */
final class Course {

    private final Draft draft;
    private final Ledger ledger;

    Course(Draft draft) {
        this.draft = draft;
        this.ledger = draft.ledger();
    }

    /** Takes every step that is due. */
    void advance() {
        if (state() == StudyState.RUNNING) {
            if (ledger.study().tally.failures() >= ledger.spec().budget().failures()) {
                fail(commonReason());
                return;
            }
            end().ifPresent(this::end);
        }
        if (state() == StudyState.ENDING) {
            if (confirming() && timeIsOver()) {
                end(EndReason.TIME);
            }
            finish();
        }
        if (state() == StudyState.EVALUATING) {
            evaluate();
        }
    }

    /** Ends the search for {@code reason}. */
    void end(EndReason reason) {
        draft.record(new Fact.StudyEnding(reason));
        List<Long> waiting =
                ledger.study().waiting.stream().map(Suggestion::number).toList();
        if (!waiting.isEmpty()) {
            draft.record(new Fact.SuggestionsDropped(waiting));
        }
        if (reason.stopsRunning()) {
            stopRunning();
        }
    }

    private Optional<EndReason> end() {
        Budget budget = ledger.spec().budget();
        Tally tally = ledger.study().tally;
        if (ledger.study().best.isPresent()
                && budget.target().isPresent()
                && ledger.study().best.get().value() <= budget.target().getAsDouble()) {
            return Optional.of(EndReason.TARGET);
        }
        if (budget.patience().isPresent()
                && tally.sinceBest() >= budget.patience().getAsInt()) {
            return Optional.of(EndReason.PATIENCE);
        }
        if (timeIsOver()) {
            return Optional.of(EndReason.TIME);
        }
        boolean idle = !unsettled() && ledger.schedule().promotable() == 0;
        if (idle && tally.trials() >= Dispatch.configurations(ledger.spec())) {
            return Optional.of(EndReason.TRIALS);
        }
        boolean nothingLeft =
                Dispatch.exhausted(ledger) && ledger.study().waiting.isEmpty();
        return idle && nothingLeft ? Optional.of(EndReason.EXHAUSTED) : Optional.empty();
    }

    private boolean timeIsOver() {
        Optional<Duration> time = ledger.spec().budget().time();
        return time.isPresent() && ledger.study().spent.compareTo(time.get()) >= 0;
    }

    /** Whether trials of the confirmation are, or are still to be, trained. */
    private boolean confirming() {
        return ledger.study().ending.map(EndReason::confirms).orElse(false) && Confirming.candidates(ledger.spec()) > 0;
    }

    private void stopRunning() {
        for (int number : List.copyOf(ledger.published())) {
            draft.stop(draft.trial(number));
            draft.giveUp(number);
        }
        for (int number : List.copyOf(ledger.again())) {
            draft.giveUp(number);
        }
        for (int number : List.copyOf(ledger.fresh())) {
            draft.giveUp(number);
        }
        for (int number : List.copyOf(ledger.running())) {
            if (!draft.trial(number).stopping()) {
                draft.record(new Fact.TrialStopRequested(number));
                draft.stop(draft.trial(number));
            }
        }
    }

    private boolean unsettled() {
        return ledger.inFlight() > 0
                || !ledger.fresh().isEmpty()
                || !ledger.again().isEmpty();
    }

    private void finish() {
        if (unsettled()) {
            return;
        }
        EndReason reason = ledger.study().ending.orElseThrow();
        if (reason.confirms() && Confirming.queue(draft)) {
            return;
        }
        Optional<TrialEntity> winner = Confirming.winner(ledger);
        if (winner.isEmpty()) {
            fail(
                    reason == EndReason.STOPPED
                            ? "It was stopped before any trial gave a result."
                            : "No trial gave a result. " + commonReason());
            return;
        }
        TrialEntity best = winner.get();
        if (best.state() instanceof TrialState.Completed completed) {
            for (int number : List.copyOf(ledger.paused())) {
                draft.record(new Fact.TrialPruned(number, Optional.empty()));
                draft.clearDirective(number);
            }
            if (ledger.study().evaluation.isPresent()) {
                draft.record(new Fact.StudyCompleted());
            } else {
                draft.record(new Fact.FinalEvaluationRequested(best.number(), completed.model()));
            }
        } else {
            // One that began anew has its result still and may have to be trained to it again.
            draft.record(new Fact.TrialPromoted(best.number(), Math.max(best.checkpointEpochs(), best.trained())));
        }
    }

    private void evaluate() {
        Evaluation evaluation = ledger.study().evaluation.orElseThrow();
        if (!evaluation.open()) {
            draft.record(new Fact.StudyCompleted());
        } else if (!evaluation.published()) {
            draft.publishEvaluation();
        }
    }

    private void fail(String reason) {
        draft.record(new Fact.StudyFailed(reason));
        draft.send(new Effect.Direct(new Directive.StopStudy(ledger.id())));
        for (var numbers :
                List.of(ledger.published(), ledger.again(), ledger.fresh(), ledger.running(), ledger.paused())) {
            for (int number : List.copyOf(numbers)) {
                draft.giveUp(number);
            }
        }
        draft.leases().forgetAll();
    }

    /** What most of the trials that ended badly said. */
    private String commonReason() {
        Map<String, Long> reasons = ledger.trials().stream()
                .map(Course::complaint)
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return reasons.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(most -> most.getValue() + " trials ended with: " + most.getKey())
                .orElse("No trial was trained.");
    }

    private static Optional<String> complaint(TrialEntity trial) {
        return switch (trial.state()) {
            case TrialState.Failed(var reason, var message) -> Optional.of(reason + ": " + message);
            case TrialState.Infeasible infeasible -> Optional.of(infeasible.reason() + ": " + infeasible.message());
            case TrialState.Queued ignored -> Optional.empty();
            case TrialState.Running ignored -> Optional.empty();
            case TrialState.Paused ignored -> Optional.empty();
            case TrialState.Completed ignored -> Optional.empty();
            case TrialState.Pruned ignored -> Optional.empty();
            case TrialState.Cancelled ignored -> Optional.empty();
        };
    }

    private StudyState state() {
        return ledger.study().state;
    }
}
