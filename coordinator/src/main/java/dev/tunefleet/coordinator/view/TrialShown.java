package dev.tunefleet.coordinator.view;

import java.util.List;

import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.coordinator.study.TrialEntity;

/**
 * A trial as the journal tells it.
 *
 * @param worker the last one that ran it; empty before the first
 * @param curve its epochs so far, in order
 */
public record TrialShown(TrialEntity trial, String worker, List<Measurement> curve) {

    public TrialShown {
        curve = List.copyOf(curve);
    }
}
