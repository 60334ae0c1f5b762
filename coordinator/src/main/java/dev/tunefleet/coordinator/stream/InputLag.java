package dev.tunefleet.coordinator.stream;

/** Whether everything that was sent to the coordinator has been folded, so that a worker's silence is its own. */
@FunctionalInterface
interface InputLag {

    /** Whether the commands and events of {@code partition} that were there a moment ago have been folded. */
    boolean zero(int partition);
}
