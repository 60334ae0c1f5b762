package dev.tunefleet.coordinator.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.coordinator.advice.Diagnosis;
import dev.tunefleet.coordinator.view.Phase;

/**
 * A trial as clients see it.
 *
 * @param attempts how many were begun
 * @param worker the last one that ran it; empty before the first
 * @param epoch finished epochs
 * @param epochs what its newest attempt trains to
 * @param value the objective at {@code bestEpoch}
 * @param seconds of training so far
 * @param curve its epochs, where they were asked for
 * @param verdicts what is to be said of it, gravest first, where the trial itself was asked for
 */
public record TrialView(
        int number,
        Phase state,
        String reason,
        Configuration configuration,
        int attempts,
        String worker,
        int epoch,
        int epochs,
        OptionalDouble value,
        OptionalInt bestEpoch,
        double seconds,
        Optional<List<Point>> curve,
        Optional<List<Diagnosis>> verdicts) {

    /** One epoch: its training loss, its validation error and how long it took. */
    public record Point(int epoch, OptionalDouble trainLoss, OptionalDouble validation, double seconds) {}
}
