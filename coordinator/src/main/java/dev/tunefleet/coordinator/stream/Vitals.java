package dev.tunefleet.coordinator.stream;

import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

/** How the coordinator is doing, for the health checks. Thread-safe. */
@Singleton
public class Vitals {

    private volatile List<String> problems = List.of("Kafka has not answered yet.");
    private volatile Optional<Streams> streams = Optional.empty();
    private volatile boolean gaveUp;
    private volatile List<Tail> tails = List.of();

    void found(List<String> wrong) {
        problems = List.copyOf(wrong);
    }

    /** The coordinator cannot go on. */
    void gaveUp() {
        gaveUp = true;
    }

    void watch(Streams started, List<Tail> reading) {
        streams = Optional.of(started);
        tails = List.copyOf(reading);
    }

    /** What is wrong with the topics and the group's settings, one sentence each; empty when they were verified. */
    public List<String> problems() {
        return problems;
    }

    /** The state of Kafka Streams, by its name. */
    public String streams() {
        return streams.map(Streams::state).orElse("NOT_STARTED");
    }

    /** Whether studies can be decided here or by another coordinator that this one stands by. */
    public boolean deciding() {
        return streams.map(Streams::running).orElse(false);
    }

    /** Whether nothing but a new process would help. */
    public boolean failed() {
        return gaveUp || streams.map(Streams::failed).orElse(false);
    }

    /** Whether the journal and the fleet's status have been read to where they ended at the start, and still are. */
    public boolean journalRead() {
        return !tails.isEmpty() && tails.stream().allMatch(tail -> tail.reachedEnd() && tail.alive());
    }
}
