/**
 * Which trials get more epochs: asynchronous successive halving, median stopping, or every trial in full.
 *
 * <p>Owns rungs, who stands where in them and who may go on. Knows trials by number only, and nothing of attempts, workers,
 * studies or how a value was measured.
 */
package dev.tunefleet.coordinator.schedule;
