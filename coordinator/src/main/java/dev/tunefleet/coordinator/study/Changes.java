package dev.tunefleet.coordinator.study;

import java.util.List;
import java.util.Optional;

/**
 * What has to be written to the store since it was asked for last.
 *
 * @param study the study, where it changed
 * @param trials the trials that changed, in order of their numbers
 * @param forgotten numbers of trials whose entities are to be deleted
 */
public record Changes(Optional<StudyEntity> study, List<TrialEntity> trials, List<Integer> forgotten) {

    static final Changes NONE = new Changes(Optional.empty(), List.of(), List.of());

    public Changes {
        trials = List.copyOf(trials);
        forgotten = List.copyOf(forgotten);
    }
}
