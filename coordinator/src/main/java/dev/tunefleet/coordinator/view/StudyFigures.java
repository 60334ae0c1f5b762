package dev.tunefleet.coordinator.view;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.study.StudyState;

/**
 * A study in numbers, for the meters.
 *
 * @param trials how many trials have each standing, those with none left out
 * @param waiting attempts that lie in the queue
 * @param oldestWaiting since when the oldest of them lies there
 * @param best the lowest objective so far
 */
public record StudyFigures(
        StudyId study,
        StudyState state,
        Map<Standing, Integer> trials,
        int waiting,
        Optional<Instant> oldestWaiting,
        Optional<Double> best) {

    public StudyFigures {
        trials = Map.copyOf(trials);
    }

    /** A phase and, where the phase has one, its reason. */
    public record Standing(Phase phase, String reason) {}
}
