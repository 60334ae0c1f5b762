package dev.tunefleet.worker.train;

/** What a training is told between two batches. */
public enum Signal {
    GO_ON,
    /** End: what has been reached is reported and its checkpoint kept, but nobody goes on with it. */
    STOP,
    /** End and hand over what has been reached. */
    RELEASE
}
