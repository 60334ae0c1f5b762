package dev.tunefleet.coordinator.study;

/** Where the configuration of a trial comes from. */
public sealed interface Origin {

    /** A user asked for it, in the study file or later. */
    record Enqueued() implements Origin {}

    /** The tuning guide's start values. */
    record Guided() implements Origin {}

    /** The search's {@code number}-th suggestion of the study, from 0. */
    record Suggested(long number) implements Origin {}

    /** Another training of {@code trial}'s configuration with another seed, to see whether it was merely lucky. */
    record Confirmation(int trial) implements Origin {}
}
