package dev.tunefleet.local.simulation;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** How long slots stood idle between the result of one trial and the next trial in the worker's hands. Thread-safe. */
final class Waits {

    private static final int FIRST_CAPACITY = 1024;

    private long[] nanos = new long[FIRST_CAPACITY];
    private int size;
    final AtomicLong events = new AtomicLong();
    final AtomicLong results = new AtomicLong();
    final AtomicLong failures = new AtomicLong();

    synchronized void add(long waitedNanos) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = waitedNanos;
    }

    synchronized void clear() {
        size = 0;
    }

    /** The wait in milliseconds that the share {@code quantile} of all waits does not exceed; NaN where there was none. */
    synchronized double milliseconds(double quantile) {
        if (size == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[Math.clamp((long) Math.ceil(quantile * size) - 1, 0, size - 1)] / 1e6;
    }
}
