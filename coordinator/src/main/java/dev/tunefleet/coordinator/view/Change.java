package dev.tunefleet.coordinator.view;

import java.util.List;

import dev.tunefleet.common.trial.StudyId;

/** Something of {@code study} looks different now, and so do the {@code trials} with these numbers. */
public record Change(StudyId study, List<Integer> trials) {

    public Change {
        trials = List.copyOf(trials);
    }
}
