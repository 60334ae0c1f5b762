package dev.tunefleet.common.trial;

/** The identity of an attempt: its trial and its number in it, from 1. Written {@code births/7#2}. */
public record AttemptId(TrialId trial, int number) {

    public AttemptId {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "The number (" + number + ") of an attempt of trial " + trial + " must be 1 or above.");
        }
    }

    @Override
    public String toString() {
        return trial + "#" + number;
    }
}
