package dev.tunefleet.common.trial;

/** Why an execution ended without a result. */
public enum FailureReason {
    /** It needed more memory than the slot has, by estimate or in fact. */
    OUT_OF_MEMORY,
    /** Its loss or gradient became infinite or not a number, or rose tenfold. */
    DIVERGED,
    /** It took longer than a trial may. */
    TIMED_OUT,
    /** The data set is missing, changed or malformed, or the assignment could not be read. */
    INVALID_DATA,
    /** Its workers died one after another; never reported by a worker. */
    WORKER_LOST,
    /** Anything else; the message says what. */
    ERROR;

    /** Whether the configuration is to blame, so that the search learns from it and the fleet does not worry. */
    public boolean infeasible() {
        return this == OUT_OF_MEMORY || this == DIVERGED || this == TIMED_OUT;
    }
}
