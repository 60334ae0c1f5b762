package dev.tunefleet.worker.metrics;

import java.time.Duration;
import java.util.Arrays;

/** The bounds of the histograms. */
final class Buckets {

    static final Duration[] EPOCH =
            milliseconds(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000);

    static final Duration[] EXECUTION =
            milliseconds(1_000, 5_000, 10_000, 30_000, 60_000, 180_000, 600_000, 1_800_000, 3_600_000, 14_400_000);

    static final Duration[] CHECKPOINT = milliseconds(25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 15_000, 60_000);

    /** From the checkpoint of a small network to what no slot has: powers of four from 64 KiB to 4 GiB. */
    static final double[] BYTES = {0x1p16, 0x1p18, 0x1p20, 0x1p22, 0x1p24, 0x1p26, 0x1p28, 0x1p30, 0x1p32};

    private Buckets() {}

    private static Duration[] milliseconds(long... bounds) {
        return Arrays.stream(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
