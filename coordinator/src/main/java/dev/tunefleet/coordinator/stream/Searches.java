package dev.tunefleet.coordinator.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jboss.logging.Logger;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.metrics.Meters;
import dev.tunefleet.coordinator.search.GpSearch;
import dev.tunefleet.coordinator.search.RandomSearch;
import dev.tunefleet.coordinator.search.Search;
import dev.tunefleet.coordinator.search.SearchView;
import dev.tunefleet.coordinator.search.SobolSearch;

/**
 * The search of each study, since a search remembers what it has computed. A study that is created anew gets a new one. Where a
 * search fails, the Sobol sequence steps in, so that the study goes on. Thread-safe.
 */
final class Searches {

    private static final Logger LOG = Logger.getLogger(Searches.class);

    private final Function<StudySpec, Search> making;
    private final Meters meters;
    private final Map<StudyId, Made> made = new ConcurrentHashMap<>();

    /** @param making begins the search that a study asks for */
    Searches(Function<StudySpec, Search> making, Meters meters) {
        this.making = making;
        this.meters = meters;
    }

    /** The search with the algorithm that {@code spec} names, its fits timed by {@code meters}. */
    static Search asked(StudySpec spec, Meters meters) {
        return switch (spec.search().algorithm()) {
            case BAYESIAN -> new GpSearch(meters::fitted);
            case SOBOL -> new SobolSearch();
            case RANDOM -> new RandomSearch();
        };
    }

    /** Up to {@code count} configurations for the study that asked {@code question} and looks like {@code view}. */
    List<Configuration> suggest(Dispatches.Question question, StudySpec spec, SearchView view, int count) {
        long seed = spec.search().seed();
        long began = System.nanoTime();
        try {
            List<Configuration> found = search(question, spec).suggest(view, count, seed);
            meters.suggested(Duration.ofNanos(System.nanoTime() - began));
            return found;
        } catch (RuntimeException failure) {
            made.remove(question.study());
            meters.suggestionFailed();
            LOG.warnf(
                    failure,
                    "The search could not answer request %d of study %s; the Sobol sequence answers instead.",
                    question.number(),
                    question.study());
            return new SobolSearch().suggest(view, count, seed);
        }
    }

    private Search search(Dispatches.Question question, StudySpec spec) {
        return made.compute(
                        question.study(),
                        (study, before) -> before != null && before.created().equals(question.created())
                                ? before
                                : new Made(question.created(), making.apply(spec)))
                .search();
    }

    /** Forgets the studies that are not {@code there} any more. */
    void retain(Predicate<StudyId> there) {
        made.keySet().removeIf(there.negate());
    }

    private record Made(Instant created, Search search) {}
}
