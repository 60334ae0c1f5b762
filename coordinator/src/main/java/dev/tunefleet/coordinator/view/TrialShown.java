package dev.tunefleet.coordinator.view;

import dev.tunefleet.coordinator.study.TrialEntity;

/**
 * A trial as the journal tells it, without its curve.
 *
 * @param worker the last one that ran it; empty before the first
 */
public record TrialShown(TrialEntity trial, String worker, Progress progress) {}
