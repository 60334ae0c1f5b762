package dev.tunefleet.common.trial;

/** Everything needed to go on with a trial after {@code epoch} finished epochs exactly as if it had not stopped. */
public record Checkpoint(int epoch, BlobRef blob) {}
