package dev.tunefleet.worker.lstm;

/** Additions outside the loop over time. */
final class Sums {
    private Sums() {}

    static void add(float[] m, int from, int to, int count) {
        for (int i = 0; i < count; i++) {
            m[to + i] += m[from + i];
        }
    }
}
