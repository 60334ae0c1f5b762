package dev.tunefleet.coordinator.study;

import java.util.Map;
import java.util.TreeMap;

import dev.tunefleet.common.trial.StudyId;

/** What a coordinator's store holds of a study. */
final class StoredStudy {

    private StudyEntity study;
    private final Map<Integer, TrialEntity> trials = new TreeMap<>();

    StoredStudy(StudyId id) {
        study = StudyEntity.absent(id);
    }

    void write(Changes changes) {
        changes.study().ifPresent(changed -> study = changed);
        changes.forgotten().forEach(trials::remove);
        changes.trials().forEach(trial -> trials.put(trial.number(), trial));
    }

    Study load() {
        return Study.load(study, trials.values());
    }

    StudyEntity study() {
        return study;
    }

    Map<Integer, TrialEntity> trials() {
        return trials;
    }
}
