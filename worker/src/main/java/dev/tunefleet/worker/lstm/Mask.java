package dev.tunefleet.worker.lstm;

/**
 * The dropout mask of one layer and step of a block, as a function: the mask of (unit, lane) is a hash of a key and of the
 * place, so that it is never stored, and is the same in backward and after a resumed trial. Lanes l and l + 16 share a hash, each
 * with half of its bits. Reused from step to step.
 */
final class Mask {
    static final int STRIDE = 0x9E3779B1;
    static final int FACTOR1 = 0x21F0AAAD;
    static final int FACTOR2 = 0xD35A2D97;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** Half words below it are dropped; 0 drops nothing. */
    final int threshold;
    /** What a kept value is multiplied by. */
    final float scale;

    private final long seed;
    private long batch;
    int first;
    int second;

    Mask(double dropout, long seed) {
        threshold = (int) Math.round(dropout * 65536);
        scale = (float) (65536.0 / (65536 - threshold));
        this.seed = seed;
    }

    boolean active() {
        return threshold > 0;
    }

    /** Moves on to a block of a batch. */
    void block(int epoch, int number, int block) {
        batch = mixed(mixed(mixed(seed) ^ epoch) ^ number) ^ block;
    }

    /** Moves on to the outputs of a layer at a step. */
    void at(int layer, int step) {
        long key = mixed(mixed(batch) ^ ((long) layer << 32 | step));
        first = (int) key;
        second = (int) (key >>> 32);
    }

    /** The hash of a place: unit · 16 + lane mod 16. Low half for lanes below 16, high half for those above. */
    int bits(int place) {
        int x = place * STRIDE + first;
        x = (x ^ x >>> 16) * FACTOR1;
        x = (x ^ x >>> 15 ^ second) * FACTOR2;
        return x ^ x >>> 15;
    }

    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014) with its increment.
    private static long mixed(long value) {
        long x = value + GOLDEN;
        x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return x ^ x >>> 31;
    }
}
