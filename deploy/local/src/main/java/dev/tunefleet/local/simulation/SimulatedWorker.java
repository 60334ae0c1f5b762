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
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.WorkerStatus;
import dev.tunefleet.common.wire.Codecs;

/** One worker that trains nothing: a thread with a share consumer takes trials, the timetable reports of them. */
final class SimulatedWorker {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration END = Duration.ofSeconds(5);
    private static final long PAUSE_MILLISECONDS = 5;
    private static final long ALIVE_SECONDS = 5;
    private static final long SLOT_BYTES = 4L << 30;

    private final Identity identity;
    private final Map<String, Object> brokers;
    private final ScheduledExecutorService timetable;
    private final Waits waits;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Random random;
    private final Thread thread;
    private final Deque<Long> idleSince = new ArrayDeque<>();
    private int busy;
    private volatile boolean running = true;

    /** @param trial the mean length of a trial */
    record Identity(String name, int slots, Duration trial) {}

    SimulatedWorker(Identity identity, String bootstrapServers, ScheduledExecutorService timetable, Waits waits) {
        this.identity = identity;
        this.brokers = Map.of("bootstrap.servers", bootstrapServers);
        this.timetable = timetable;
        this.waits = waits;
        this.random = new Random(identity.name().hashCode());
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
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
        producer.close(Duration.ofSeconds(2));
    }

    private void report() {
        var status = new WorkerStatus(identity.name(), identity.slots(), busySlots(), SLOT_BYTES);
        producer.send(
                new ProducerRecord<>(Topics.WORKERS.topic(), bytes(identity.name()), Codecs.WORKER.write(status)));
    }

    private void takeTrials() {
        try {
            while (running) {
                if (busySlots() < identity.slots()) {
                    takeWhileThereIsRoom();
                } else {
                    Thread.sleep(PAUSE_MILLISECONDS);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves the group with the last free slot, as workers do: a member that stopped polling could hold a record unseen. */
    private void takeWhileThereIsRoom() {
        Map<String, Object> settings = new HashMap<>(brokers);
        settings.put("group.id", Topics.QUEUE_GROUP);
        settings.put("share.acknowledgement.mode", "explicit");
        settings.put("share.acquire.mode", "record_limit");
        settings.put("max.poll.records", 1);
        try (var queue = new KafkaShareConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            queue.subscribe(List.of(Topics.TRIALS.topic()));
            while (running && busySlots() < identity.slots()) {
                for (ConsumerRecord<byte[], byte[]> record : queue.poll(POLL)) {
                    take(Codecs.ASSIGNMENT.read(record.value()));
                    queue.acknowledge(record, AcknowledgeType.ACCEPT);
                    queue.commitSync(END);
                }
            }
        }
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
