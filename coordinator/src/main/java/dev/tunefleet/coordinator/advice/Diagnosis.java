package dev.tunefleet.coordinator.advice;

/**
 * One thing that is to be said of a trial.
 *
 * @param finding what it is
 * @param evidence the numbers that show it, in a sentence
 * @param advice what to try, in a sentence
 */
public record Diagnosis(Finding finding, String evidence, String advice) {

    /** What may be found about a trial, gravest first. */
    public enum Finding {
        OUT_OF_MEMORY,
        DIVERGED,
        UNSTABLE,
        OVERFIT,
        STARVED,
        UNDERFIT,
        PLATEAU,
        TOO_SLOW
    }
}
