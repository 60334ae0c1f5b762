package dev.tunefleet.coordinator.search;

import java.util.SplittableRandom;

/** Turns seeds and counters into independent streams of random numbers. */
final class Mixer {

    private Mixer() {}

    /** A number whose bits depend on all bits of {@code x}: the finaliser of SplitMix64 (Steele et al. 2014). */
    static long mix(long x) {
        long y = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        y = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
        return y ^ (y >>> 31);
    }

    /** The stream of random numbers that belongs to {@code seed} and {@code step}. */
    static SplittableRandom random(long seed, long step) {
        return new SplittableRandom(mix(mix(seed + 0x9E3779B97F4A7C15L) + step));
    }
}
