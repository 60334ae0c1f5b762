package dev.tunefleet.coordinator.api;

import jakarta.inject.Singleton;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.view.ReadModel;
import dev.tunefleet.coordinator.view.StudyShown;

/** Finds the study that a path names, or says that there is none. Thread-safe. */
@Singleton
class KnownStudies {

    private final ReadModel model;

    KnownStudies(ReadModel model) {
        this.model = model;
    }

    /** The id that {@code name} is, of a study that is there. */
    StudyId id(String name) {
        return get(name).study().id();
    }

    StudyShown get(String name) {
        try {
            return get(new StudyId(name));
        } catch (IllegalArgumentException illegal) {
            throw ProblemException.notFound(illegal.getMessage());
        }
    }

    StudyShown get(StudyId id) {
        return model.study(id).orElseThrow(() -> ProblemException.notFound("There is no study " + id + "."));
    }
}
