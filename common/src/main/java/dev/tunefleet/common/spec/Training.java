package dev.tunefleet.common.spec;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How each trial of a study is trained beyond its tuned parameters.
 *
 * @param patience training ends after this many epochs in a row without a better validation error
 * @param clipNorm gradients are scaled down to this global norm; 0 switches clipping off
 * @param truncation time steps that gradients go back through; empty means the whole window
 * @param time how long a trial may be trained over all its attempts; empty means without limit
 */
public record Training(int patience, double clipNorm, OptionalInt truncation, Optional<Duration> time) {

    public static final Training DEFAULT = new Training(5, 1.0, OptionalInt.empty(), Optional.empty());

    public Training {
        if (patience < 1) {
            throw new IllegalArgumentException(
                    "The training.patience (" + patience + ") of a study must be at least 1 epoch.");
        }
        if (!(clipNorm >= 0) || !Double.isFinite(clipNorm)) {
            throw new IllegalArgumentException(
                    "The training.clipNorm (" + clipNorm + ") of a study must be 0 (off) or above.");
        }
        truncation.ifPresent(steps -> {
            if (steps < 1) {
                throw new IllegalArgumentException(
                        "The training.truncation (" + steps + ") of a study must be at least 1 time step.");
            }
        });
        time.ifPresent(value -> {
            if (!value.isPositive()) {
                throw new IllegalArgumentException("The training.time (" + value + ") of a study must be above 0.");
            }
        });
    }

    /** Time steps of a window of {@code sequence} that gradients go back through. */
    public int span(int sequence) {
        return Math.min(sequence, truncation.orElse(sequence));
    }
}
