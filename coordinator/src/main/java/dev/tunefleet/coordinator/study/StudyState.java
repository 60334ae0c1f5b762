package dev.tunefleet.coordinator.study;

/** Where a study is in its life. */
public enum StudyState {
    /** Nothing is known of it. */
    ABSENT,
    RUNNING,
    PAUSED,
    /** No more configurations are tried; what still runs is awaited, confirmed or given a model. */
    ENDING,
    /** The winner is being measured on the test part. */
    EVALUATING,
    COMPLETED,
    FAILED,
    DELETED;

    /** Whether nothing happens any more unless a user asks for it. */
    public boolean ended() {
        return this == COMPLETED || this == FAILED || this == DELETED || this == ABSENT;
    }
}
