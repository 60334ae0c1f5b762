package dev.tunefleet.coordinator.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.TrialEntity;

/**
 * A study as the journal tells it.
 *
 * @param ran how long it has run, pauses not counted
 * @param counts how many trials are in each phase; every phase is there
 * @param epochs how many epochs were measured in all
 * @param best the trial with the lowest objective so far
 */
public record StudyShown(
        StudyEntity study,
        Instant created,
        Duration ran,
        Map<Phase, Integer> counts,
        long epochs,
        Optional<TrialEntity> best) {

    public StudyShown {
        counts = Map.copyOf(counts);
    }
}
