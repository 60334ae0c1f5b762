/**
 * Chooses which configurations a study tries next: at random at the start, then by a model of what has been seen.
 *
 * <p>Owns the port {@link dev.tunefleet.coordinator.search.Search}, its implementations and the way a search space becomes
 * the unit cube of {@code gp}. A suggestion is a function of the view and the seed alone: no clock, no files, no messages.
 * Knows nothing of studies, trial states, Kafka or who asks.
 */
package dev.tunefleet.coordinator.search;
