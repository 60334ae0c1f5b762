package dev.tunefleet.coordinator.study;

/** Why a study hands out no more trials. */
public enum EndReason {
    /** All configurations of the budget were tried. */
    TRIALS,
    /** The search space holds no configuration that is new and allowed. */
    EXHAUSTED,
    /** The time of the budget is over. */
    TIME,
    /** The objective reached the target. */
    TARGET,
    /** Too many trials in a row brought nothing better. */
    PATIENCE,
    /** A user stopped the study. */
    STOPPED;

    /** Whether attempts that still run are stopped rather than awaited. */
    boolean stopsRunning() {
        return this == TIME || this == TARGET || this == PATIENCE || this == STOPPED;
    }

    /** Whether the best trials may still be confirmed. */
    boolean confirms() {
        return this != TIME && this != STOPPED;
    }
}
