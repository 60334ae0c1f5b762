package dev.tunefleet.local.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.tunefleet.common.topic.Topics;

/** Simulated workers with the slots of a {@link Load}, {@value #SLOTS} each, that take trials until they are closed. */
public final class SimulatedFleet implements AutoCloseable {

    private static final int SLOTS = 100;
    private static final int THREADS = 2;
    private static final Duration END = Duration.ofSeconds(2);
    /** Held here, as a logger that nobody holds forgets its level. */
    private static final Logger CLIENTS = Logger.getLogger("org.apache.kafka");

    private final Waits waits = new Waits();
    private final ScheduledThreadPoolExecutor timetable = new ScheduledThreadPoolExecutor(
            THREADS, Thread.ofPlatform().name("timetable-", 1).daemon().factory());
    private final List<SimulatedWorker> workers = new ArrayList<>();
    /** One for all, as one for each would be most of what this program does. */
    private final KafkaProducer<byte[], byte[]> producer;

    private SimulatedFleet(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        timetable.setRemoveOnCancelPolicy(true);
    }

    /** Starts the workers of {@code load} against the brokers at {@code bootstrapServers}. */
    public static SimulatedFleet start(String bootstrapServers, Load load) {
        CLIENTS.setLevel(Level.WARNING);
        var fleet = new SimulatedFleet(bootstrapServers);
        var site = new SimulatedWorker.Site(
                () -> consumer(bootstrapServers), fleet.producer, fleet.timetable, fleet.waits);
        for (int left = load.slots(); left > 0; left -= SLOTS) {
            var identity = new SimulatedWorker.Identity(
                    "simulated-" + (fleet.workers.size() + 1), Math.min(left, SLOTS), load.trial());
            fleet.workers.add(new SimulatedWorker(identity, site));
        }
        fleet.workers.forEach(SimulatedWorker::start);
        return fleet;
    }

    private static ShareConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        var settings = new HashMap<String, Object>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", Topics.QUEUE_GROUP);
        settings.put("share.acknowledgement.mode", "explicit");
        settings.put("share.acquire.mode", "record_limit");
        settings.put("max.poll.records", 1);
        // The broker goes through all that it may answer with, though one record is asked for.
        settings.put("fetch.max.bytes", 1 << 15);
        return new KafkaShareConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Forgets the waits so far. */
    public void forgetWaits() {
        waits.clear();
    }

    /** How long slots stood idle between two trials, in milliseconds: the share {@code quantile} of them no longer. */
    public double idleMilliseconds(double quantile) {
        return waits.milliseconds(quantile);
    }

    /** How many events were sent so far. */
    public long events() {
        return waits.events.get();
    }

    /** How many trials were completed so far. */
    public long results() {
        return waits.results.get();
    }

    /** How often the brokers refused something, an event was not sent or a trial could not be read. */
    public long failures() {
        return waits.failures.get();
    }

    /** How many workers take no trials any more; what is measured with one is not what it seems. */
    public long lostWorkers() {
        return workers.stream().filter(worker -> !worker.lives()).count();
    }

    @Override
    public void close() {
        workers.forEach(SimulatedWorker::stop);
        workers.forEach(SimulatedWorker::awaitEnd);
        timetable.shutdownNow();
        producer.close(END);
    }
}
