package dev.tunefleet.coordinator.stream;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
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
import dev.tunefleet.coordinator.search.SearchView;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.RequestId;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.SuggestionRequest;
import dev.tunefleet.coordinator.view.ReadModel;
import dev.tunefleet.coordinator.view.StudyShown;

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

    private final ReadModel model;
    private final Predicate<StudyId> owned;
    private final Capacity capacity;
    private final BiConsumer<StudyId, Command> answers;
    private final Searches searches;
    private final ExecutorService workers;
    private final Dispatches dispatches = new Dispatches(System::nanoTime);

    /**
     * @param owned whether this coordinator decides the study
     * @param answers sends a command to a study
     */
    SearchExecutor(
            ReadModel model,
            Predicate<StudyId> owned,
            Capacity capacity,
            BiConsumer<StudyId, Command> answers,
            Searches searches,
            int threads) {
        this.model = model;
        this.owned = owned;
        this.capacity = capacity;
        this.answers = answers;
        this.searches = searches;
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
        Predicate<StudyId> there = id -> model.entity(id).isPresent();
        dispatches.retain(there);
        searches.retain(there);
        model.entities().forEach(this::dispatch);
    }

    /** Has the open request of {@code study} answered, unless there is none or it is being answered. */
    void dispatch(StudyEntity study) {
        StudyId id = study.id();
        if (study.request().isEmpty() || !owned.test(id)) {
            return;
        }
        model.study(id).ifPresent(shown -> shown.study().request().ifPresent(open -> dispatch(shown, open)));
    }

    private void dispatch(StudyShown study, SuggestionRequest open) {
        var question = new Dispatches.Question(study.study().id(), study.created(), open.number());
        if (!dispatches.begin(question)) {
            return;
        }
        try {
            workers.execute(() -> answer(question, open));
        } catch (RejectedExecutionException full) {
            dispatches.dropped(question);
            LOG.warnf("The search is behind; study %s asks again in a moment.", question.study());
        }
    }

    private void answer(Dispatches.Question question, SuggestionRequest request) {
        StudyId id = question.study();
        try {
            Optional<StudyShown> study = model.study(id)
                    .filter(shown -> shown.created().equals(question.created())
                            && shown.study().request().equals(Optional.of(request)));
            Optional<StudySpec> spec = study.flatMap(shown -> shown.study().spec());
            if (spec.isEmpty()) {
                return;
            }
            int parallel = spec.get().budget().parallel().orElse(Math.max(1, capacity.shareOf(id)));
            var slots =
                    new SearchViews.Slots(parallel, capacity.slotBytes().boxed().toList());
            SearchView view = SearchViews.of(study.get().study(), spec.get(), model.trials(id), slots)
                    .withEarlier(EarlierStudies.of(study.get(), spec.get(), model));
            List<Configuration> found = searches.suggest(question, spec.get(), view, request.count());
            answers.accept(
                    id,
                    new Command.OfferSuggestions(
                            new RequestId("suggestions-" + id + "-" + request.number()), request.number(), found));
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "Request %d of study %s could not be answered.", request.number(), id);
        } finally {
            dispatches.answered(question);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
