/**
 * The Kafka side of the coordinator: the Streams topology around the pure studies, its stores and codecs, the tail of the
 * journal, the search executor, and the topics' provisioning.
 *
 * <p>Owns every record that is read or written and the order in which they become visible. Knows nothing of HTTP, and
 * decides nothing about a study itself.
 */
package dev.tunefleet.coordinator.stream;
