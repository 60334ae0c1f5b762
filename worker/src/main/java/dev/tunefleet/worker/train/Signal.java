package dev.tunefleet.worker.train;

/** What a training is told between two batches. */
public enum Signal {
    GO_ON,
    /** End and keep nothing. */
    STOP,
    /** End and hand over what has been reached. */
    RELEASE
}
