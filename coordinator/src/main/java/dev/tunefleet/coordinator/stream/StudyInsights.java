package dev.tunefleet.coordinator.stream;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.search.Insight;
import dev.tunefleet.coordinator.search.Insights;
import dev.tunefleet.coordinator.search.Observation;
import dev.tunefleet.coordinator.search.ParetoFront;
import dev.tunefleet.coordinator.search.SearchView;
import dev.tunefleet.coordinator.view.ReadModel;
import dev.tunefleet.coordinator.view.StudyShown;

/**
 * What the results of each study say of its parameters and trade-offs. Computed when somebody asks and kept until there are
 * further results, so that looking again costs nothing. Thread-safe.
 */
@Singleton
public class StudyInsights {

    /** Models are made anew when there are more results by this share, or when the study has ended. */
    private static final double GROWTH = 0.05;

    private final ReadModel model;
    private final Map<StudyId, Known> known = new ConcurrentHashMap<>();

    StudyInsights(ReadModel model) {
        this.model = model;
    }

    private record Known(Instant created, int results, boolean ended, Optional<Insight> insight) {}

    /** What the study's model has understood; empty with fewer than five results. */
    public Optional<Insight> insight(StudyShown study) {
        known.keySet().removeIf(id -> model.entity(id).isEmpty());
        return known.compute(
                        study.study().id(),
                        (id, before) -> before != null && serves(before, study) ? before : understood(study))
                .insight();
    }

    private static boolean serves(Known before, StudyShown study) {
        int results = study.study().tally().results();
        boolean ended = study.study().state().ended();
        return before.created().equals(study.created())
                && (results == before.results()
                        || before.insight().isPresent()
                                && before.ended() == ended
                                && results < before.results() * (1 + GROWTH));
    }

    private Known understood(StudyShown study) {
        return new Known(
                study.created(),
                study.study().tally().results(),
                study.study().state().ended(),
                view(study).flatMap(Insights::of));
    }

    /** The fully trained trials that no other beats in all objectives, by number; the best ones where there is one objective. */
    public List<Observation> front(StudyShown study) {
        return view(study).map(seen -> ParetoFront.of(seen).best()).orElse(List.of());
    }

    private Optional<SearchView> view(StudyShown study) {
        Optional<StudySpec> spec = study.study().spec();
        return spec.map(asked -> SearchViews.of(
                study.study(), asked, model.trials(study.study().id()), new SearchViews.Slots(1, List.of())));
    }
}
