package dev.tunefleet.coordinator.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;

import dev.tunefleet.coordinator.study.StudyState;
import dev.tunefleet.coordinator.view.StudyFigures;
import dev.tunefleet.coordinator.view.StudyFigures.Standing;

/** The meters that the running coordinator moves. Thread-safe. */
@Startup
@Singleton
public class Meters {

    /** More studies than this at once are not drawn one by one: a label must not grow without end. */
    private static final int STUDIES_SHOWN = 50;

    private final MeterRegistry registry;
    private final Timer decisions;
    private final Timer suggestions;
    private final Timer fits;
    private final Counter failedSuggestions;
    private final Counter lateEvents;
    private final Counter lostAttempts;
    private final Counter releasedAttempts;
    private final Counter refusals;
    private final Counter notLoaded;
    private final MultiGauge studies;
    private final MultiGauge trials;
    private final MultiGauge best;
    private final AtomicInteger waiting;
    private final AtomicLong oldestSeconds;

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        decisions = timer("tunefleet.decision", "Time from a record to its facts", Buckets.DECISION);
        suggestions = timer("tunefleet.suggestion", "Time that the search took for one request", Buckets.SUGGESTION);
        fits = timer("tunefleet.fit", "Time that the fit of the model took of it", Buckets.SUGGESTION);
        failedSuggestions = counter("tunefleet.suggestions.failed", "Requests that the search could not answer");
        lateEvents = counter("tunefleet.late.events.ignored", "Ends of executions that no longer counted");
        lostAttempts = counter("tunefleet.attempts.lost", "Attempts of which nothing was heard for too long");
        releasedAttempts = counter("tunefleet.attempts.released", "Attempts that a worker gave back");
        refusals = counter("tunefleet.requests.refused", "Requests that a study refused");
        notLoaded = counter("tunefleet.studies.not.loaded", "Studies that could not be loaded and stand still");
        studies = rows("tunefleet.studies", "Studies by state, in the whole fleet");
        trials = rows("tunefleet.trials", "Trials of all studies by state and reason, in the whole fleet");
        best = rows("tunefleet.best.objective", "Lowest objective of each study that is not at its end");
        waiting = new AtomicInteger();
        oldestSeconds = new AtomicLong();
        gauge("tunefleet.queue.trials", "Attempts that lie in the queue", waiting::get);
        gauge("tunefleet.queue.oldest.age.seconds", "How long the oldest of them lies there", oldestSeconds::intValue);
    }

    /** One record was decided in {@code took}. */
    public void decided(Duration took) {
        decisions.record(took);
    }

    /** The search answered in {@code took}. */
    public void suggested(Duration took) {
        suggestions.record(took);
    }

    /** What {@code fit}, which brings the search's model up to the results so far, returns. */
    public <T> T fitted(Supplier<T> fit) {
        return fits.record(fit);
    }

    public void suggestionFailed() {
        failedSuggestions.increment();
    }

    public void lateEventIgnored() {
        lateEvents.increment();
    }

    public void attemptLost() {
        lostAttempts.increment();
    }

    public void attemptReleased() {
        releasedAttempts.increment();
    }

    public void requestRefused() {
        refusals.increment();
    }

    public void studyNotLoaded() {
        notLoaded.increment();
    }

    /** A record of {@code topic} could not be read or decided. */
    public void deadLetter(String topic) {
        Counter.builder("tunefleet.dead.letters")
                .description("Records that could not be read or decided")
                .tag("topic", topic)
                .register(registry)
                .increment();
    }

    /** Something of {@code kind} that no study needed was deleted from the blob store. */
    public void blobDeleted(String kind) {
        Counter.builder("tunefleet.blobs.deleted")
                .description("Blobs that no study needed any more and that were deleted")
                .tag("kind", kind)
                .register(registry)
                .increment();
    }

    /** Shows the slots of the fleet from now on. */
    public void showSlots(IntSupplier live, IntSupplier busy, IntSupplier wanted) {
        gauge("tunefleet.slots", "Slots of the live workers", live);
        gauge("tunefleet.slots.busy", "Slots that train", busy);
        gauge("tunefleet.slots.wanted", "Slots that the running studies could use", wanted);
    }

    /** Shows {@code figures} as of {@code now} until it is called again. */
    public void showStudies(List<StudyFigures> figures, Instant now) {
        Map<StudyState, Long> states =
                figures.stream().collect(Collectors.groupingBy(StudyFigures::state, Collectors.counting()));
        studies.register(
                states.entrySet().stream()
                        .map(row -> MultiGauge.Row.of(Tags.of("state", label(row.getKey())), row.getValue()))
                        .toList(),
                true);
        var standings = new HashMap<Standing, Integer>();
        figures.forEach(
                study -> study.trials().forEach((standing, count) -> standings.merge(standing, count, Integer::sum)));
        trials.register(
                standings.entrySet().stream()
                        .map(row -> MultiGauge.Row.of(
                                Tags.of(
                                        "state", label(row.getKey().phase()),
                                        "reason", row.getKey().reason().toLowerCase(Locale.ROOT)),
                                row.getValue()))
                        .toList(),
                true);
        best.register(
                figures.stream()
                        .filter(study -> !study.state().ended() && study.best().isPresent())
                        .limit(STUDIES_SHOWN)
                        .map(study -> MultiGauge.Row.of(
                                Tags.of("study", study.study().name()),
                                study.best().get()))
                        .toList(),
                true);
        waiting.set(figures.stream().mapToInt(StudyFigures::waiting).sum());
        oldestSeconds.set(figures.stream()
                .flatMap(study -> study.oldestWaiting().stream())
                .min(Comparator.naturalOrder())
                .map(oldest -> Math.max(0, Duration.between(oldest, now).toSeconds()))
                .orElse(0L));
    }

    private static String label(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private MultiGauge rows(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private void gauge(String name, String description, IntSupplier value) {
        Gauge.builder(name, value, IntSupplier::getAsInt)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private Timer timer(String name, String description, Duration... buckets) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
