package dev.tunefleet.coordinator.search;

import dev.tunefleet.common.space.Configuration;

/** A configuration that was tried, as the trial with this number of the study, and how that ended. */
public record Observation(long trial, Configuration configuration, Outcome outcome) {

    /** A configuration with one result. */
    public static Observation of(long trial, Configuration configuration, double value) {
        return new Observation(trial, configuration, Outcome.Measured.of(value));
    }
}
