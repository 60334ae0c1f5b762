package dev.tunefleet.worker.train;

import java.time.Duration;

/**
 * What an attempt may use.
 *
 * @param slotBytes of heap, for one trial with its data
 * @param betweenCheckpoints at least so much training lies between two checkpoints of an attempt
 */
public record Limits(long slotBytes, Duration betweenCheckpoints) {}
