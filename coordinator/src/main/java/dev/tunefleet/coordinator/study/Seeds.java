package dev.tunefleet.coordinator.study;

/** Independent seeds derived from the one of a study. */
final class Seeds {

    private static final long TRIALS = 0x7452_6961_6c73_0001L;

    private Seeds() {}

    /** The seed of initialisation, shuffling and dropout of a trial, the same for each of its attempts. */
    static long ofTrial(long studySeed, int trial) {
        return scramble(scramble(studySeed + TRIALS) + trial);
    }

    /** The finaliser of SplitMix64 (Steele et al. 2014): each bit of the answer depends on all bits of {@code x}. */
    private static long scramble(long x) {
        long once = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
        return twice ^ (twice >>> 31);
    }
}
