package dev.tunefleet.coordinator.gp;

import java.util.Arrays;

/** Cuts many places into blocks, so that what is held for them stays in a core's cache. */
final class Blocks {

    static final int WIDTH = 64;

    private Blocks() {}

    /** What is done with {@code m} places of which the first has index {@code from}. */
    interface Work {
        void accept(double[][] block, int from, int m);
    }

    static void each(double[][] points, int count, Work work) {
        for (int from = 0; from < count; from += WIDTH) {
            int m = Math.min(WIDTH, count - from);
            work.accept(Arrays.copyOfRange(points, from, from + m), from, m);
        }
    }
}
