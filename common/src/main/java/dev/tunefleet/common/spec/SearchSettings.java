package dev.tunefleet.common.spec;

import java.util.List;

import dev.tunefleet.common.space.Configuration;

/**
 * How a study looks for its next configurations.
 *
 * @param seed everything random in the study derives from it
 * @param guided whether the guide's advice is used as a prior that fades with evidence
 * @param enqueued configurations to try before all others
 * @param confirm how many of the best trials are trained again with two more seeds before the winner is named
 */
public record SearchSettings(
        Algorithm algorithm,
        Scheduler scheduler,
        long seed,
        boolean guided,
        List<Configuration> enqueued,
        int confirm) {

    /** The way configurations are chosen. */
    public enum Algorithm {
        BAYESIAN,
        SOBOL,
        RANDOM
    }

    public SearchSettings {
        enqueued = List.copyOf(enqueued);
        if (confirm < 0) {
            throw new IllegalArgumentException("The search.confirm (" + confirm + ") of a study must be 0 or above.");
        }
    }
}
