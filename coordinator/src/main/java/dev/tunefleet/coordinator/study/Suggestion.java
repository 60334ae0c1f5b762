package dev.tunefleet.coordinator.study;

import dev.tunefleet.common.space.Configuration;

/**
 * A configuration of the search that waits for a slot.
 *
 * @param number counts the suggestions of the study, from 0
 * @param results how many results the study had when it came; it is dropped when it has grown too old
 */
public record Suggestion(long number, Configuration configuration, int results) {}
