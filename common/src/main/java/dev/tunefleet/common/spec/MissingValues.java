package dev.tunefleet.common.spec;

/** What happens to an empty cell or a missing time step. */
public enum MissingValues {
    /** The study is refused with the file, line and column of the first one. */
    REFUSE,
    /** The last known value is carried forward; nothing from the future is used. */
    CARRY_FORWARD
}
