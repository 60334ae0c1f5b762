/** The worker's meters: every name and tag of them, and nowhere else. Knows what is counted, not why. */
package dev.tunefleet.worker.metrics;
