package dev.tunefleet.local.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.WorkerStatus;
import dev.tunefleet.common.wire.Codecs;
import dev.tunefleet.common.wire.UnreadableRecordException;

/**
 * One worker that trains nothing: a thread with a share consumer takes trials, the timetable reports of them.
 *
 * <p>It leaves the queue when it is full, as workers do, but only after a moment: to make a consumer costs this program far more
 * than to take a trial, and its processors are those of the broker that is measured.
 */
final class SimulatedWorker {

    private static final System.Logger LOG = System.getLogger(SimulatedWorker.class.getName());
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration END = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
    /** So many failures of a fleet are told; where its brokers are gone there are thousands of the same. */
    private static final long TOLD = 10;

    private static final long PAUSE_MILLISECONDS = 5;
    private static final long MOMENT_NANOSECONDS = 2_000_000_000L;
    private static final long ALIVE_SECONDS = 5;
    private static final long SLOT_BYTES = 4L << 30;

    private final Identity identity;
    private final Supplier<ShareConsumer<byte[], byte[]>> consumers;
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

    /**
     * What the workers of a fleet have in common.
     *
     * @param consumers each a new one for the group of the queue
     */
    record Site(
            Supplier<ShareConsumer<byte[], byte[]>> consumers,
            Producer<byte[], byte[]> producer,
            ScheduledExecutorService timetable,
            Waits waits) {}

    SimulatedWorker(Identity identity, Site site) {
        this.identity = identity;
        this.consumers = site.consumers();
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

    /** Whether it takes trials; one that does not, and was not stopped, makes figures that mean nothing. */
    boolean lives() {
        return thread.isAlive();
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
        send(Topics.WORKERS, identity.name(), Codecs.WORKER.write(status));
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
        try (ShareConsumer<byte[], byte[]> queue = consumers.get()) {
            while (running && full()) {
                Thread.sleep(PAUSE_MILLISECONDS);
            }
            queue.subscribe(List.of(Topics.TRIALS.topic()));
            while (running && roomWithinAMoment()) {
                ConsumerRecords<byte[], byte[]> records = queue.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    queue.acknowledge(record, taken(record));
                    queue.commitSync(END).values().stream()
                            .flatMap(Optional::stream)
                            .forEach(this::failed);
                }
                if (records.isEmpty()) {
                    Thread.sleep(PAUSE_MILLISECONDS);
                }
            }
        } catch (KafkaException | IllegalStateException failure) {
            failed(failure);
            Thread.sleep(AFTER_FAILURE);
        }
    }

    private AcknowledgeType taken(ConsumerRecord<byte[], byte[]> record) {
        try {
            take(Codecs.ASSIGNMENT.read(record.value()));
            return AcknowledgeType.ACCEPT;
        } catch (UnreadableRecordException unreadable) {
            failed(unreadable);
            return AcknowledgeType.REJECT;
        }
    }

    private void failed(Exception failure) {
        if (waits.failures.incrementAndGet() <= TOLD) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", identity.name(), failure.toString());
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
        send(Topics.EVENTS, event.trial().study().name(), Codecs.EVENT.write(event));
    }

    private void send(Topics topic, String key, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topic.topic(), bytes(key), value), (sent, failure) -> {
                if (failure != null) {
                    failed(failure);
                }
            });
        } catch (KafkaException | IllegalStateException failure) {
            failed(failure);
        }
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
