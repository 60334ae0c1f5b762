package dev.tunefleet.common.spec;

/** What the tuned models are for. */
public enum Task {
    /** Predict the next {@link DataSource#horizon()} values of the targets from a window of the inputs. */
    FORECAST
}
