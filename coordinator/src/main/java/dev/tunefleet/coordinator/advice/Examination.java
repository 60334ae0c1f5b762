package dev.tunefleet.coordinator.advice;

import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.trial.Measurement;

/**
 * A trial as it is examined.
 *
 * @param curve its epochs, ascending, each once
 * @param others what the study's trials are like; absent while there are too few of them
 */
public record Examination(
        SearchSpace space,
        Configuration configuration,
        List<Measurement> curve,
        Ending ending,
        Optional<Others> others) {

    public Examination {
        curve = List.copyOf(curve);
    }

    /** How the training ended. */
    public enum Ending {
        /** It goes on. */
        NONE,
        /** At the last epoch of the budget. */
        TRAINED,
        /** Patience ran out. */
        STOPPED_EARLY,
        /** The scheduler or the end of the study gave it no more epochs. */
        CUT,
        DIVERGED,
        OUT_OF_MEMORY,
        /** For a reason that says nothing of the configuration. */
        FAILED
    }

    /**
     * The other trials of the study.
     *
     * @param secondsPerEpoch the median of their seconds of training in an epoch
     * @param value the median of their objectives
     */
    public record Others(double secondsPerEpoch, double value) {}
}
