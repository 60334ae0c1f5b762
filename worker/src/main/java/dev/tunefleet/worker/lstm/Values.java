package dev.tunefleet.worker.lstm;

/**
 * Targets as numbers.
 *
 * @param values [sample][output], or [sample][step][output] where the network answers at each step
 */
public record Values(float[] values) implements Targets {}
