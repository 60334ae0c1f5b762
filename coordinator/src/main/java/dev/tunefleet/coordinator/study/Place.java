package dev.tunefleet.coordinator.study;

import java.time.Instant;

/**
 * Where a command lies in its topic, by which one that is read again is known however many came after it.
 *
 * @param offset its number in its partition, always the same one for a study
 * @param time when it was sent
 */
public record Place(long offset, Instant time) {

    /** Whether a command here was read before the newest one, at {@code newest}. A topic that was made anew has low offsets at later times. */
    boolean readBy(Place newest) {
        return offset <= newest.offset && !time.isAfter(newest.time);
    }

    /** The place of the newest command after one here, where that was {@code before}. Clocks differ: the time never goes back. */
    Place after(Place before) {
        return before.time.isAfter(time) ? new Place(offset, before.time) : this;
    }
}
