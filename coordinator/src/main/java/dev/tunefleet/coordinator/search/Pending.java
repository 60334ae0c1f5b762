package dev.tunefleet.coordinator.search;

import dev.tunefleet.common.space.Configuration;

/** A configuration that is being tried, or waits for a worker, as the trial with this number of the study. */
public record Pending(long trial, Configuration configuration) {}
