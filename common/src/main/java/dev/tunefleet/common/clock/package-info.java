/** What a program must know of the clock of its system. Knows nothing of Kafka or of what a program does. */
package dev.tunefleet.common.clock;
