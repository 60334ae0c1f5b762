package dev.tunefleet.local.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialId;
import dev.tunefleet.common.wire.Codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SimulatedWorkerTest {

    private final Waits waits = new Waits();
    private final ScheduledThreadPoolExecutor timetable = new ScheduledThreadPoolExecutor(1);
    private final Queue<Supplier<ShareConsumer<byte[], byte[]>>> joins = new ConcurrentLinkedQueue<>();
    private final List<AcknowledgeType> answers = new CopyOnWriteArrayList<>();
    private final AtomicLong offset = new AtomicLong();
    private MockProducer<byte[], byte[]> producer = producer(true);
    private SimulatedWorker worker;

    @AfterEach
    void end() {
        worker.stop();
        worker.awaitEnd();
        timetable.shutdownNow();
    }

    @Test
    void aWorkerThatLosesTheQueueJoinsAgainAndTheFailuresAreCounted() {
        joins.add(() -> {
            throw new KafkaException("No broker is there.");
        });
        joins.add(() -> new QueueOf() {
            @Override
            public synchronized ConsumerRecords<byte[], byte[]> poll(Duration limit) {
                throw new KafkaException("The broker is gone.");
            }
        });
        joins.add(() -> new QueueOf(evaluation()));

        starts();

        await().until(() -> answers.equals(List.of(AcknowledgeType.ACCEPT)));
        assertThat(events()).isEqualTo(1);
        assertThat(waits.failures).hasValue(2);
        assertThat(worker.lives()).isTrue();
    }

    @Test
    void aRecordThatCannotBeReadIsRejectedAndTheNextIsTaken() {
        joins.add(() -> new QueueOf("rubbish".getBytes(), evaluation()));

        starts();

        await().until(() -> answers.equals(List.of(AcknowledgeType.REJECT, AcknowledgeType.ACCEPT)));
        assertThat(events()).isEqualTo(1);
        assertThat(waits.failures).hasValue(1);
    }

    @Test
    void anAnswerThatTheBrokerRefusesIsCounted() {
        joins.add(() -> new QueueOf(evaluation()) {
            @Override
            public synchronized Map<TopicIdPartition, Optional<KafkaException>> commitSync(Duration limit) {
                var queue = new TopicIdPartition(Uuid.ZERO_UUID, 0, Topics.TRIALS.topic());
                return Map.of(queue, Optional.of(new KafkaException("The lock is over.")));
            }
        });

        starts();

        await().until(() -> waits.failures.get() == 1);
    }

    @Test
    void whatIsNotSentIsCounted() {
        producer = producer(false);
        joins.add(() -> new QueueOf(evaluation()));

        starts();

        await().until(() -> producer.errorNext(new TimeoutException("Nobody answers.")));
        await().until(() -> producer.errorNext(new TimeoutException("Nobody answers.")));
        assertThat(waits.failures).hasValue(2);
    }

    @Test
    void aWorkerThatEndedByItselfIsKnown() {
        joins.add(() -> {
            throw new AssertionError("It cannot go on.");
        });

        starts();

        await().dontCatchUncaughtExceptions().until(() -> !worker.lives());
    }

    private void starts() {
        var identity = new SimulatedWorker.Identity("simulated", 2, Duration.ofSeconds(1));
        worker =
                new SimulatedWorker(identity, new SimulatedWorker.Site(() -> next().get(), producer, timetable, waits));
        worker.start();
    }

    private Supplier<ShareConsumer<byte[], byte[]>> next() {
        return Optional.ofNullable(joins.poll()).orElse(QueueOf::new);
    }

    private long events() {
        return producer.history().stream()
                .filter(sent -> sent.topic().equals(Topics.EVENTS.topic()))
                .count();
    }

    private static MockProducer<byte[], byte[]> producer(boolean answers) {
        return new MockProducer<>(answers, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static byte[] evaluation() {
        var attempt = new AttemptId(new TrialId(new StudyId("births"), 0), 1);
        var model = new BlobRef("models/a.zip", "aa", 1);
        return Codecs.ASSIGNMENT.write(new Assignment.FinalEvaluation(
                attempt, Specs.aStudySpec(), Guide.start(Guide.SPACE), model, Optional.empty()));
    }

    /** A queue that gives one record at a time. */
    private class QueueOf extends MockShareConsumer<byte[], byte[]> {

        private final Deque<byte[]> waiting;

        QueueOf(byte[]... waiting) {
            this.waiting = new ArrayDeque<>(List.of(waiting));
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration limit) {
            if (!waiting.isEmpty()) {
                addRecord(new ConsumerRecord<>(
                        Topics.TRIALS.topic(), 0, offset.getAndIncrement(), null, waiting.removeFirst()));
            }
            return super.poll(limit);
        }

        @Override
        public synchronized void acknowledge(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
            answers.add(type);
        }

        @Override
        public synchronized Map<TopicIdPartition, Optional<KafkaException>> commitSync(Duration limit) {
            return Map.of();
        }
    }
}
