package dev.tunefleet.coordinator.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;

import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;

/** The running Kafka Streams client. A thread that fails is replaced, unless threads fail again and again. */
final class Streams implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Streams.class);
    private static final int REPLACEMENTS = 5;
    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final KafkaStreams client;
    private final Runnable gaveUp;
    private final Deque<Long> failures = new ArrayDeque<>();

    /** @param gaveUp called when threads fail again and again */
    Streams(Topology topology, Properties settings, Runnable gaveUp) {
        this.gaveUp = gaveUp;
        client = new KafkaStreams(topology, settings);
        client.setUncaughtExceptionHandler(this::failed);
        client.setStateListener((now, before) -> LOG.debugf("Kafka Streams went from %s to %s", before, now));
    }

    void start() {
        client.start();
    }

    boolean running() {
        return client.state() == KafkaStreams.State.RUNNING;
    }

    /** Whether it has given up. */
    boolean failed() {
        return client.state() == KafkaStreams.State.ERROR || client.state() == KafkaStreams.State.PENDING_ERROR;
    }

    String state() {
        return client.state().name();
    }

    synchronized StreamThreadExceptionResponse failed(Throwable failure) {
        long now = System.nanoTime();
        failures.addLast(now);
        failures.removeIf(then -> now - then > WITHIN.toNanos());
        if (failures.size() > REPLACEMENTS) {
            LOG.errorf(failure, "A stream thread has failed %d times in a minute; giving up.", failures.size());
            gaveUp.run();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.errorf(failure, "A stream thread has failed and is replaced.");
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Leaves the group too, so that another coordinator takes over at once instead of after the session timeout. */
    @Override
    public void close() {
        client.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(PATIENCE));
    }
}
