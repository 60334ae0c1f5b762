package dev.tunefleet.coordinator.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.coordinator.schedule.Schedule;
import dev.tunefleet.coordinator.search.Outcome;
import dev.tunefleet.coordinator.study.RungValue;
import dev.tunefleet.coordinator.study.TrialEntity;

/**
 * What trials had reached at the rungs of their study, where the search compares them.
 *
 * @param full the epochs at which results are compared in the end, as in {@link SearchViews#fullEpochs}
 * @param rungs the epochs of the schedule's rungs
 */
record Readings(int full, TreeSet<Integer> rungs) {

    static Readings of(StudySpec spec) {
        Schedule schedule = Schedule.of(spec.search().scheduler(), spec.budget().epochs());
        return new Readings(SearchViews.fullEpochs(spec), new TreeSet<>(schedule.rungs()));
    }

    /** The readings of {@code trial} by ascending epochs; none where it has reached nothing. */
    List<Outcome.Reading> of(TrialEntity trial, boolean complete) {
        var readings = new ArrayList<Outcome.Reading>();
        for (RungValue rung : trial.rungs()) {
            add(readings, rung.epochs(), rung.value());
        }
        trial.result().ifPresent(result -> {
            // A trial that is complete would not have come further with more epochs.
            int epochs = complete ? rungs.last() : result.epochs();
            add(readings, full == 1 ? 1 : rung(epochs), result.value());
        });
        return readings;
    }

    /** A trial that is told to stop may end between two rungs, where no other has a value that it could be compared with. */
    private int rung(int epochs) {
        return Optional.ofNullable(rungs.floor(epochs)).orElse(epochs);
    }

    private static void add(List<Outcome.Reading> readings, int epochs, double value) {
        boolean further = readings.isEmpty() || readings.getLast().epochs() < epochs;
        if (further && epochs > 0 && Double.isFinite(value)) {
            readings.add(new Outcome.Reading(epochs, value));
        }
    }
}
