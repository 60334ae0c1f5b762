package dev.tunefleet.coordinator.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
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
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.RequestId;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.SuggestionRequest;
import dev.tunefleet.coordinator.view.ReadModel;

/**
 * Answers the studies' requests for suggestions, away from the threads that decide and after the request is committed.
 *
 * <p>A request is open until its answer is in the journal; {@link #dispatch} may be called for it as often as one likes. The
 * answer is a command like any other, accepted once, so that two coordinators that both believe to own a study do no harm.
 * Thread-safe.
 */
final class SearchExecutor implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SearchExecutor.class);
    private static final int QUEUE = 10_000;

    /** How long an answer may take to appear in the journal before the search is asked again. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final ReadModel model;
    private final Predicate<StudyId> owned;
    private final Capacity capacity;
    private final BiConsumer<StudyId, Command> answers;
    private final Meters meters;
    private final ExecutorService workers;
    private final Map<StudyId, Dispatched> dispatched = new ConcurrentHashMap<>();
    private final Map<StudyId, Search> searches = new ConcurrentHashMap<>();

    /**
     * @param owned whether this coordinator decides the study
     * @param answers sends a command to a study
     */
    SearchExecutor(
            ReadModel model,
            Predicate<StudyId> owned,
            Capacity capacity,
            BiConsumer<StudyId, Command> answers,
            Meters meters,
            int threads) {
        this.model = model;
        this.owned = owned;
        this.capacity = capacity;
        this.answers = answers;
        this.meters = meters;
        this.workers = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().name("tunefleet-search-", 0).daemon().factory());
    }

    /** Looks for open requests of all studies that are decided here. */
    void dispatchAll() {
        dispatched.values().removeIf(Dispatched::old);
        searches.keySet().removeIf(id -> model.study(id).isEmpty());
        model.entities().forEach(this::dispatch);
    }

    /** Has the open request of {@code study} answered, unless there is none or it is being answered. */
    void dispatch(StudyEntity study) {
        StudyId id = study.id();
        Optional<SuggestionRequest> open = study.request();
        if (open.isEmpty() || !owned.test(id)) {
            return;
        }
        var mine = new Dispatched(open.get().number(), System.nanoTime());
        Dispatched now = dispatched.compute(
                id, (ignored, before) -> before != null && before.number() >= mine.number() ? before : mine);
        if (now != mine) {
            return;
        }
        try {
            workers.execute(() -> answer(id, open.get()));
        } catch (RejectedExecutionException full) {
            dispatched.remove(id, mine);
            LOG.warnf("The search is behind; study %s asks again in a moment.", id);
        }
    }

    private void answer(StudyId id, SuggestionRequest request) {
        Optional<StudyEntity> study = model.study(id).map(shown -> shown.study());
        Optional<StudySpec> spec = study.flatMap(StudyEntity::spec);
        boolean open = study.flatMap(StudyEntity::request).equals(Optional.of(request));
        if (spec.isEmpty() || !open) {
            return;
        }
        long began = System.nanoTime();
        try {
            int parallel = spec.get().budget().parallel().orElse(Math.max(1, capacity.shareOf(id)));
            SearchView view = SearchViews.of(study.get(), spec.get(), model.trials(id), parallel);
            List<Configuration> found = search(id, spec.get())
                    .suggest(view, request.count(), spec.get().search().seed());
            answers.accept(
                    id,
                    new Command.OfferSuggestions(
                            new RequestId("suggestions-" + id + "-" + request.number()), request.number(), found));
            meters.suggested(Duration.ofNanos(System.nanoTime() - began));
        } catch (RuntimeException failure) {
            meters.suggestionFailed();
            LOG.errorf(failure, "The search could not answer request %d of study %s.", request.number(), id);
        }
    }

    /** One for each study, since a search remembers what it has computed. */
    private Search search(StudyId id, StudySpec spec) {
        return searches.computeIfAbsent(id, ignored -> switch (spec.search().algorithm()) {
            case BAYESIAN -> new GpSearch();
            case SOBOL -> new SobolSearch();
            case RANDOM -> new RandomSearch();
        });
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private record Dispatched(long number, long at) {
        private boolean old() {
            return System.nanoTime() - at > AGAIN.toNanos();
        }
    }
}
