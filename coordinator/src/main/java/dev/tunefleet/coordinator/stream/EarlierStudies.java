package dev.tunefleet.coordinator.stream;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.spec.SearchSettings;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.coordinator.search.Observation;
import dev.tunefleet.coordinator.search.Outcome;
import dev.tunefleet.coordinator.study.Origin;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.StudyState;
import dev.tunefleet.coordinator.study.TrialEntity;
import dev.tunefleet.coordinator.study.TrialState;
import dev.tunefleet.coordinator.view.ReadModel;
import dev.tunefleet.coordinator.view.StudyShown;

/**
 * What a study may learn from studies of the same task that ended: those with the same columns, horizon, metric and parameters
 * that were begun before it. Whether they help is for the search to find out.
 */
final class EarlierStudies {

    /** Each has a model of its own, so that more would cost every suggestion. */
    private static final int MOST = 5;

    private EarlierStudies() {}

    /** The results of each, newest study first; none where {@code spec} does not ask for them. */
    static List<List<Observation>> of(StudyShown study, StudySpec spec, ReadModel model) {
        if (spec.search().transfer() == SearchSettings.Transfer.NONE) {
            return List.of();
        }
        return model.entities()
                .filter(other -> other.state() == StudyState.COMPLETED && sameTask(other, spec))
                .flatMap(other -> model.study(other.id()).stream())
                .filter(other -> other.created().isBefore(study.created()))
                .sorted(Comparator.comparing(StudyShown::created).reversed().thenComparing(other -> other.study()
                        .id()))
                .limit(MOST)
                .map(other -> results(model.trials(other.study().id()), spec))
                .toList();
    }

    private static boolean sameTask(StudyEntity other, StudySpec spec) {
        return other.spec()
                .filter(known -> known.task() == spec.task()
                        && known.metric() == spec.metric()
                        && known.data().targets().equals(spec.data().targets())
                        && Set.copyOf(known.data().inputs())
                                .equals(Set.copyOf(spec.data().inputs()))
                        && known.data().horizon() == spec.data().horizon()
                        && names(known).equals(names(spec)))
                .isPresent();
    }

    private static Set<String> names(StudySpec spec) {
        return spec.space().parameters().stream().map(Parameter::name).collect(Collectors.toCollection(HashSet::new));
    }

    /** Full trainings only: rungs of one study are not those of another. */
    private static List<Observation> results(List<TrialEntity> trials, StudySpec spec) {
        int epochs = SearchViews.fullEpochs(spec);
        return trials.stream()
                .filter(trial -> trial.state() instanceof TrialState.Completed
                        && !(trial.origin() instanceof Origin.Confirmation))
                .flatMap(trial -> trial
                        .result()
                        .map(TrainingResult::value)
                        .filter(Double::isFinite)
                        .map(value -> new Outcome.Measured(List.of(new Outcome.Reading(epochs, value)), 0, List.of()))
                        .map(outcome -> new Observation(trial.number(), trial.configuration(), outcome))
                        .stream())
                .toList();
    }
}
