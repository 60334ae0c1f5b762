package dev.tunefleet.coordinator.metrics;

import java.time.Duration;
import java.util.Arrays;

/** The bounds of the histograms, close where decisions are made by them. */
final class Buckets {

    /** A decision is work of a millisecond; a second of it holds up every study of its partition. */
    static final Duration[] DECISION = milliseconds(1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000);

    /** A suggestion of a young study takes milliseconds, one of a study of thousands of trials many seconds. */
    static final Duration[] SUGGESTION =
            milliseconds(10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 120_000);

    private Buckets() {}

    private static Duration[] milliseconds(long... bounds) {
        return Arrays.stream(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
