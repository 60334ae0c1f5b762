/**
 * The search as a program of its own: JSON lines in, JSON lines out, one study at a time.
 *
 * <p>Owns the protocol's words and what they mean for a {@link dev.tunefleet.coordinator.search.SearchView}. Knows nothing of
 * studies in the fleet, Kafka or Quarkus, and loads no class of them, so that it starts in well under a second.
 */
package dev.tunefleet.coordinator.asktell;
