package dev.tunefleet.coordinator.study;

import java.util.Optional;

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

    /** Whether time counts for a study that ends for {@code ending}, where it does. */
    boolean timed(Optional<EndReason> ending) {
        return switch (this) {
            case RUNNING -> true;
            case ENDING -> ending.map(EndReason::confirms).orElse(false);
            case ABSENT, PAUSED, EVALUATING, COMPLETED, FAILED, DELETED -> false;
        };
    }

    /** Whether nothing happens any more unless a user asks for it. */
    public boolean ended() {
        return this == COMPLETED || this == FAILED || this == DELETED || this == ABSENT;
    }
}
