package dev.tunefleet.coordinator.study;

import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.trial.Baseline;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Scores;

/**
 * The one measurement of a winner on the test part.
 *
 * @param attempt the number of its newest attempt among those of the winner
 * @param published whether that attempt lies in the queue for a worker to take, or runs
 * @param owner the execution that runs it
 * @param charges how many workers it is blamed for
 */
public record Evaluation(
        int trial, BlobRef model, int attempt, boolean published, Optional<Owner> owner, int charges, Outcome outcome) {

    /** How the measurement ended. */
    public sealed interface Outcome {
        record Open() implements Outcome {}

        record Measured(Scores model, List<Baseline> baselines) implements Outcome {
            public Measured {
                baselines = List.copyOf(baselines);
            }
        }

        record Failed(String message) implements Outcome {}
    }

    Evaluation publish(int number) {
        return new Evaluation(trial, model, number, true, Optional.empty(), charges, outcome);
    }

    Evaluation start(Owner changed) {
        return new Evaluation(trial, model, attempt, true, Optional.of(changed), charges, outcome);
    }

    Evaluation withdraw(boolean charged) {
        return new Evaluation(trial, model, attempt, false, Optional.empty(), charged ? charges + 1 : charges, outcome);
    }

    Evaluation end(Outcome changed) {
        return new Evaluation(trial, model, attempt, false, Optional.empty(), charges, changed);
    }

    boolean open() {
        return outcome instanceof Outcome.Open;
    }
}
