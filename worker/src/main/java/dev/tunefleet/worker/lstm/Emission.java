package dev.tunefleet.worker.lstm;

/** Where in a sequence the network answers. */
public enum Emission {
    /** One output vector after the last step. */
    LAST_STEP,
    /** One output vector after each step. */
    EVERY_STEP
}
