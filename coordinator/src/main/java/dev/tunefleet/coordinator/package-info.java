/** The coordinator program: holds the studies, picks the next trials and counts the outcomes. */
package dev.tunefleet.coordinator;
