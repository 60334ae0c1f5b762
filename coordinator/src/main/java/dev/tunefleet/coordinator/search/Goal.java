package dev.tunefleet.coordinator.search;

/** Whether small or large values of an objective are good. */
public enum Goal {
    MINIMISE,
    MAXIMISE;

    /** The factor, 1 or -1, that turns a value of this goal into one to minimise, and back. */
    public double sign() {
        return this == MINIMISE ? 1 : -1;
    }
}
