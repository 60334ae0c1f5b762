package dev.tunefleet.coordinator.api;

import java.util.List;

/** A page of trials; {@code total} counts all that were asked for. */
public record TrialList(int total, List<TrialView> trials) {}
