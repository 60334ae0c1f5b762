package dev.tunefleet.local.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import dev.tunefleet.common.space.Configuration;

/**
 * A trial as the coordinator shows it.
 *
 * @param epoch how far it is trained
 * @param epochs how far it is to be trained now
 * @param value the best validation error so far
 * @param curve absent in lists
 */
public record TrialView(
        int number,
        String state,
        Optional<String> reason,
        Configuration configuration,
        int attempts,
        Optional<String> worker,
        int epoch,
        int epochs,
        OptionalDouble value,
        OptionalInt bestEpoch,
        OptionalDouble seconds,
        List<Point> curve) {

    public TrialView {
        curve = curve == null ? List.of() : List.copyOf(curve);
    }

    /** What one epoch brought. */
    public record Point(int epoch, OptionalDouble trainLoss, OptionalDouble validation, OptionalDouble seconds) {}
}
