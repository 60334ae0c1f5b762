package dev.tunefleet.coordinator.api;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Singleton;

import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySink;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.stream.Bench;
import dev.tunefleet.coordinator.view.Change;
import dev.tunefleet.coordinator.view.ReadModel;

/** Closes the loop without a broker: the commands that REST sends go through the topology into the read model. */
@Singleton
public class Loop {

    private final InMemorySink<Record<String, byte[]>> commands;
    private final LiveFeed feed;
    private final Bench bench;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private int taken;

    Loop(@Any @Connector("smallrye-in-memory") InMemoryConnector connector, ReadModel model, LiveFeed feed) {
        this.commands = connector.sink("commands");
        this.feed = feed;
        this.bench = new Bench(model);
        thread.scheduleWithFixedDelay(this::carry, 0, 10, TimeUnit.MILLISECONDS);
    }

    /** Does something with the topology between two commands. */
    <T> T with(Function<Bench, T> action) throws Exception {
        Future<T> done = thread.submit(() -> action.apply(bench));
        return done.get();
    }

    private void carry() {
        var received = commands.received();
        while (taken < received.size()) {
            Record<String, byte[]> next = received.get(taken).getPayload();
            taken++;
            bench.input(Topics.COMMANDS, next.key(), next.value());
            feed.changed(new Change(new StudyId(next.key()), List.of()));
        }
    }

    @PreDestroy
    void close() {
        thread.shutdownNow();
    }
}
