package dev.tunefleet.worker.data;

import java.util.SplittableRandom;

import dev.tunefleet.common.spec.Stride;

/**
 * Which training origins an epoch visits, and in which order: every {@code stride}th from a random phase, shuffled. A
 * function of (seed, epoch) alone, so that a resumed trial draws what an undisturbed one would have drawn.
 */
public record EpochOrder(int origins, int stride, long seed) {

    /** Above so many origins, automatic strides thin them out. */
    static final int AUTOMATIC_ORIGINS = 20_000;

    private static final long EPOCH_MIX = 0x9E3779B97F4A7C15L;

    public EpochOrder {
        if (origins < 1 || stride < 1) {
            throw new IllegalArgumentException("An epoch's order must have an origin (" + origins + ") and a stride ("
                    + stride + ") of at least 1.");
        }
    }

    public static EpochOrder of(Stride stride, int origins, long seed) {
        return new EpochOrder(
                origins,
                switch (stride) {
                    case Stride.Automatic() -> Math.ceilDiv(origins, AUTOMATIC_ORIGINS);
                    case Stride.Rows(int rows) -> Math.min(rows, origins);
                },
                seed);
    }

    /** How many samples an epoch has at most. */
    public int samples() {
        return Math.ceilDiv(origins, stride);
    }

    /** [sample] indices of training origins in the order of {@code epoch}. */
    public int[] of(int epoch) {
        var random = new SplittableRandom(seed ^ (EPOCH_MIX * (epoch + 1L)));
        int phase = random.nextInt(stride);
        int[] order = new int[Math.max(1, Math.ceilDiv(origins - phase, stride))];
        for (int i = 0; i < order.length; i++) {
            order[i] = Math.min(origins - 1, phase + i * stride);
        }
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        return order;
    }
}
