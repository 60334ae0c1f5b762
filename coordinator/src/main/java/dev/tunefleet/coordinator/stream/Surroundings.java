package dev.tunefleet.coordinator.stream;

import java.util.function.LongSupplier;

import dev.tunefleet.coordinator.metrics.Meters;

/**
 * What the processor sees besides its records.
 *
 * @param capacity the slots of the fleet and how they are shared
 * @param lag whether the input has been folded, so that silence is a worker's own
 * @param ownership which partitions are decided here
 * @param nanoTime elapsed time, for what must not follow a clock that jumps
 */
record Surroundings(Capacity capacity, InputLag lag, Ownership ownership, Meters meters, LongSupplier nanoTime) {}
