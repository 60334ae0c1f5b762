/**
 * What a program must know of the clock of its system.
 *
 * <p>Owns when that clock is no longer to be trusted. Knows nothing of Kafka, and nothing of what a program does then.
 */
package dev.tunefleet.common.clock;
