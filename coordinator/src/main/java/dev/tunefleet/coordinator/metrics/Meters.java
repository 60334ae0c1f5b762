package dev.tunefleet.coordinator.metrics;

import java.time.Duration;
import java.util.function.IntSupplier;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The meters that the running coordinator moves. Thread-safe. */
@Singleton
public class Meters {

    private final MeterRegistry registry;
    private final Timer decisions;
    private final Timer suggestions;
    private final Counter failedSuggestions;
    private final Counter lateEvents;
    private final Counter lostAttempts;
    private final Counter releasedAttempts;
    private final Counter refusals;

    Meters(MeterRegistry registry) {
        this.registry = registry;
        decisions = timer("tunefleet.decision", "Time from a record to its facts");
        suggestions = timer("tunefleet.suggestion", "Time that the search took for one request");
        failedSuggestions = counter("tunefleet.suggestions.failed", "Requests that the search could not answer");
        lateEvents = counter("tunefleet.late.events.ignored", "Ends of executions that no longer counted");
        lostAttempts = counter("tunefleet.attempts.lost", "Attempts of which nothing was heard for too long");
        releasedAttempts = counter("tunefleet.attempts.released", "Attempts that a worker gave back");
        refusals = counter("tunefleet.requests.refused", "Requests that a study refused");
    }

    /** One record was decided in {@code took}. */
    public void decided(Duration took) {
        decisions.record(took);
    }

    /** The search answered in {@code took}. */
    public void suggested(Duration took) {
        suggestions.record(took);
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

    /** A record of {@code topic} went to the dead letters. */
    public void deadLetter(String topic) {
        Counter.builder("tunefleet.dead.letters")
                .description("Records that could not be read or decided")
                .tag("topic", topic)
                .register(registry)
                .increment();
    }

    /** Shows the slots of the fleet from now on. */
    public void showSlots(IntSupplier live, IntSupplier busy, IntSupplier wanted) {
        gauge("tunefleet.slots", "Slots of the live workers", live);
        gauge("tunefleet.slots.busy", "Slots that train", busy);
        gauge("tunefleet.slots.wanted", "Slots that the running studies could use", wanted);
    }

    private void gauge(String name, String description, IntSupplier value) {
        Gauge.builder(name, value, IntSupplier::getAsInt)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentiles(0.5, 0.9, 0.99)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
