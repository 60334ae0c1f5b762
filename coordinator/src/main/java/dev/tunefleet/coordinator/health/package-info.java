/**
 * Whether the coordinator lives, has started and is ready, and what is missing where it is not.
 *
 * <p>Owns the three checks. Knows how the coordinator is doing and nothing of how it is done.
 */
package dev.tunefleet.coordinator.health;
