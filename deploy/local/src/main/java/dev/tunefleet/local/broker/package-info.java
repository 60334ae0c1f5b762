/**
 * Kafka for one machine: one broker, or a cluster of three for tests of failures, with its data in a given folder.
 *
 * <p>Owns the broker's settings and its start and end. Knows nothing of studies, topics, the command line or who
 * connects. It is for laptops and tests; a team's fleet runs on a Kafka cluster of its own.
 */
package dev.tunefleet.local.broker;
