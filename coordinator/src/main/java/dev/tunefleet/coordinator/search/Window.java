package dev.tunefleet.coordinator.search;

import java.util.List;

/**
 * The newest of a growing list, whose beginning moves in steps: what was made of the first of them stays good until the next.
 *
 * @param most how many it holds at most
 * @param step by how many its beginning moves; it holds more than {@code most - step} of a list that has them
 */
record Window(int most, int step) {

    Window {
        if (step < 1 || step > most) {
            throw new IllegalArgumentException(
                    "The step (" + step + ") of a window must be at least 1 and at most its size (" + most + ").");
        }
    }

    <T> List<T> newest(List<T> all) {
        int over = Math.max(0, all.size() - most);
        return all.subList(Math.ceilDiv(over, step) * step, all.size());
    }
}
