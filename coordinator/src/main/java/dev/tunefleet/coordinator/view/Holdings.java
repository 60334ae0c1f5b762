package dev.tunefleet.coordinator.view;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.tunefleet.common.trial.StudyId;

/**
 * What a study has in the blob store as far as the journal tells.
 *
 * @param dataset the key of its data; absent where the study is deleted
 * @param left keys of data sets that deleted studies of this name had, with the time of the deletion
 * @param trials how many trials there are
 * @param ended when each trial that has its outcome got it, by number
 * @param models the keys of all models, each with the time at which it was reported
 * @param wanted the keys of the models that are to stay
 */
public record Holdings(
        StudyId study,
        Optional<String> dataset,
        Map<String, Instant> left,
        int trials,
        Map<Integer, Instant> ended,
        Map<String, Instant> models,
        Set<String> wanted) {

    public Holdings {
        left = Map.copyOf(left);
        ended = Map.copyOf(ended);
        models = Map.copyOf(models);
        wanted = Set.copyOf(wanted);
    }
}
