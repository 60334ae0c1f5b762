package dev.tunefleet.worker.lstm;

/**
 * Targets as class numbers.
 *
 * @param labels [sample], or [sample][step] where the network answers at each step; each 0 to outputs - 1
 */
public record Labels(int[] labels) implements Targets {}
