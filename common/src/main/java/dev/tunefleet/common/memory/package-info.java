/**
 * How much memory a trial needs, as a closed form of its configuration and of its study's data.
 *
 * <p>The worker refuses by it what does not fit a slot, and the coordinator proposes nothing that no slot can take. Knows nothing
 * of slots, workers or trainings.
 */
package dev.tunefleet.common.memory;
