package dev.tunefleet.local.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.WorkerStatus;
import dev.tunefleet.common.wire.Codecs;

/**
 * One worker that trains nothing: a thread with a share consumer takes trials, the timetable reports of them.
 *
 * <p>It leaves the queue when it is full, as workers do, but only after a moment: to make a consumer costs this program far more
 * than to take a trial, and its processors are those of the broker that is measured.
 */
final class SimulatedWorker {

    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration END = Duration.ofSeconds(5);
    private static final long PAUSE_MILLISECONDS = 5;
    private static final long MOMENT_NANOSECONDS = 2_000_000_000L;
    private static final long ALIVE_SECONDS = 5;
    private static final long SLOT_BYTES = 4L << 30;

    private final Identity identity;
    private final Map<String, Object> brokers;
    private final ScheduledExecutorService timetable;
    private final Waits waits;
    private final Producer<byte[], byte[]> producer;
    private final Random random;
    private final Thread thread;
    private final Deque<Long> idleSince = new ArrayDeque<>();
    private int busy;
    private volatile boolean running = true;

    /** @param trial the mean length of a trial */
    record Identity(String name, int slots, Duration trial) {}

    /** What the workers of a fleet have in common. */
    record Site(
            String bootstrapServers,
            Producer<byte[], byte[]> producer,
            ScheduledExecutorService timetable,
            Waits waits) {}

    SimulatedWorker(Identity identity, Site site) {
        this.identity = identity;
        this.brokers = Map.of("bootstrap.servers", site.bootstrapServers());
        this.timetable = site.timetable();
        this.waits = site.waits();
        this.random = new Random(identity.name().hashCode());
        this.producer = site.producer();
        this.thread = Thread.ofPlatform().name(identity.name()).daemon().unstarted(this::takeTrials);
    }

    void start() {
        timetable.scheduleAtFixedRate(this::report, 0, ALIVE_SECONDS, TimeUnit.SECONDS);
        thread.start();
    }

    void stop() {
        running = false;
    }

    void awaitEnd() {
        try {
            thread.join(END);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void report() {
        var status = new WorkerStatus(identity.name(), identity.slots(), busySlots(), SLOT_BYTES);
        producer.send(
                new ProducerRecord<>(Topics.WORKERS.topic(), bytes(identity.name()), Codecs.WORKER.write(status)));
    }

    private void takeTrials() {
        try {
            while (running) {
                joinOnce();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void joinOnce() throws InterruptedException {
        Map<String, Object> settings = new HashMap<>(brokers);
        settings.put("group.id", Topics.QUEUE_GROUP);
        settings.put("share.acknowledgement.mode", "explicit");
        settings.put("share.acquire.mode", "record_limit");
        settings.put("max.poll.records", 1);
        // The broker goes through all that it may answer with, though one record is asked for.
        settings.put("fetch.max.bytes", 1 << 15);
        try (var queue = new KafkaShareConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            while (running && full()) {
                Thread.sleep(PAUSE_MILLISECONDS);
            }
            queue.subscribe(List.of(Topics.TRIALS.topic()));
            while (running && roomWithinAMoment()) {
                ConsumerRecords<byte[], byte[]> records = queue.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    take(Codecs.ASSIGNMENT.read(record.value()));
                    queue.acknowledge(record, AcknowledgeType.ACCEPT);
                    queue.commitSync(END);
                }
                if (records.isEmpty()) {
                    Thread.sleep(PAUSE_MILLISECONDS);
                }
            }
        }
    }

    private boolean full() {
        return busySlots() >= identity.slots();
    }

    private boolean roomWithinAMoment() throws InterruptedException {
        long since = System.nanoTime();
        while (running && full() && System.nanoTime() - since < MOMENT_NANOSECONDS) {
            Thread.sleep(PAUSE_MILLISECONDS);
        }
        return !full();
    }

    private void take(Assignment assignment) {
        begins();
        switch (assignment) {
            case Assignment.TrialSpec spec -> run(spec);
            case Assignment.FinalEvaluation evaluation -> {
                var execution = new Execution(evaluation.attempt(), UUID.randomUUID(), identity.name());
                send(new TrialEvent.TestEvaluated(execution, new Scores(Map.of()), List.of()));
                ends();
            }
        }
    }

    private void run(Assignment.TrialSpec spec) {
        double seconds = identity.trial().toMillis() / 1e3 * (0.5 + random.nextDouble());
        var trial = new SimulatedTrial(spec, identity.name(), seconds);
        send(trial.started());
        long milliseconds = (long) (seconds * 1000);
        ScheduledFuture<?> alive = timetable.scheduleAtFixedRate(
                () -> send(trial.alive()), ALIVE_SECONDS, ALIVE_SECONDS, TimeUnit.SECONDS);
        List<TrialEvent> measured = trial.measured();
        for (int i = 0; i < measured.size(); i++) {
            TrialEvent event = measured.get(i);
            later(milliseconds * (i + 1) / (measured.size() + 1), () -> send(event));
        }
        later(milliseconds, () -> {
            alive.cancel(false);
            send(trial.completed());
            waits.results.incrementAndGet();
            ends();
        });
    }

    private void later(long milliseconds, Runnable step) {
        timetable.schedule(step, milliseconds, TimeUnit.MILLISECONDS);
    }

    private void send(TrialEvent event) {
        waits.events.incrementAndGet();
        producer.send(new ProducerRecord<>(
                Topics.EVENTS.topic(), bytes(event.trial().study().name()), Codecs.EVENT.write(event)));
    }

    private synchronized void begins() {
        busy++;
        if (!idleSince.isEmpty()) {
            waits.add(System.nanoTime() - idleSince.removeFirst());
        }
    }

    private synchronized void ends() {
        busy--;
        idleSince.addLast(System.nanoTime());
    }

    private synchronized int busySlots() {
        return busy;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
