package dev.tunefleet.common.spec;

import java.util.List;
import java.util.Objects;

import dev.tunefleet.common.space.Configuration;

/**
 * How a study looks for its next configurations.
 *
 * @param seed everything random in the study derives from it
 * @param guided whether the guide's advice is used as a prior that fades with evidence
 * @param enqueued configurations to try before all others
 * @param confirm how many of the best trials are trained again with two more seeds before the winner is named
 * @param cost what the seconds of a training count for when configurations are chosen
 * @param transfer what is learned from earlier studies of the same task; those that do not agree with this one count for nothing
 */
public record SearchSettings(
        Algorithm algorithm,
        Scheduler scheduler,
        long seed,
        boolean guided,
        List<Configuration> enqueued,
        int confirm,
        Cost cost,
        Transfer transfer) {

    /** What the seconds of a training count for. */
    public enum Cost {
        /** Nothing: each trial counts alike. */
        IGNORED,
        /** Improvement per second is sought, less and less so towards the end of the budget. */
        AWARE
    }

    /** What is learned from elsewhere. */
    public enum Transfer {
        /** The study stands alone, so that it repeats from its seed. */
        NONE,
        /** Completed studies of the same task, with the same parameters, that were begun before. */
        EARLIER_STUDIES
    }

    /** The way configurations are chosen. */
    public enum Algorithm {
        BAYESIAN,
        SOBOL,
        RANDOM
    }

    public SearchSettings {
        enqueued = List.copyOf(enqueued);
        // A study recorded before there was a choice has no value here.
        cost = Objects.requireNonNullElse(cost, Cost.IGNORED);
        transfer = Objects.requireNonNullElse(transfer, Transfer.NONE);
        if (confirm < 0) {
            throw new IllegalArgumentException("The search.confirm (" + confirm + ") of a study must be 0 or above.");
        }
    }

    /** A search in which each trial counts alike and that learns from nothing but itself. */
    public SearchSettings(
            Algorithm algorithm,
            Scheduler scheduler,
            long seed,
            boolean guided,
            List<Configuration> enqueued,
            int confirm) {
        this(algorithm, scheduler, seed, guided, enqueued, confirm, Cost.IGNORED, Transfer.NONE);
    }
}
