package dev.tunefleet.coordinator.advice;

/**
 * One thing that is to be said of a study as a whole.
 *
 * @param kind what it is
 * @param evidence the numbers that show it, in a sentence
 * @param advice what to do about it, in a sentence
 */
public record Concern(Kind kind, String evidence, String advice) {

    /** What may be wrong with a study. */
    public enum Kind {
        NO_BETTER_THAN_NAIVE,
        BEST_ON_AN_EDGE,
        FLAT_OBJECTIVE,
        NOISE_LARGER_THAN_EFFECT,
        EARLY_EPOCHS_MISLEAD
    }
}
