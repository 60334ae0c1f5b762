package dev.tunefleet.common.trial;

/**
 * What a worker says of itself every 5 seconds.
 *
 * @param slots how many trials it can run at once
 * @param busy how many it runs now
 * @param slotBytes the memory that one slot may use
 */
public record WorkerStatus(String worker, int slots, int busy, long slotBytes) {}
