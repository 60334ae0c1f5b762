package dev.tunefleet.worker.intake;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;

import dev.tunefleet.common.topic.Topics;

/**
 * The worker's one member of the queue's share group. It is a member only while a slot is free.
 *
 * <p>A share consumer may ask for a second record beside the one that has just come, and keeps it unseen until the next poll or
 * the end of its lock: half a minute in which no other worker may have it (measured: up to one record in ten on a busy machine).
 * To leave the group gives such a record back at once. The consumer that joins it next is made as soon as the one before has left,
 * so that it knows the brokers by the time a slot is free.
 */
final class QueueReader implements Runnable {

    private static final System.Logger LOG = System.getLogger(QueueReader.class.getName());
    /**
     * Each transaction leaves a mark behind its records. A poll that comes upon one waits to its end and sees nothing further, so that
     * half of all trials wait for as long as a poll takes.
     */
    private static final Duration POLL = Duration.ofMillis(5);
    /** Between two polls, so that an answer which is a little late is seen before another is asked for. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    private static final Duration BUSY = Duration.ofMillis(10);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Supplier<ShareConsumer<byte[], byte[]>> consumers;
    private final Workbench workbench;
    private volatile boolean running = true;

    QueueReader(Supplier<ShareConsumer<byte[], byte[]>> consumers, Workbench workbench) {
        this.consumers = consumers;
        this.workbench = workbench;
    }

    @Override
    public void run() {
        try {
            while (running) {
                joinOnce();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void joinOnce() throws InterruptedException {
        try (ShareConsumer<byte[], byte[]> consumer = consumers.get()) {
            while (running && !workbench.wantsWork()) {
                Thread.sleep(BUSY);
            }
            consumer.subscribe(List.of(Topics.TRIALS.topic()));
            while (running && workbench.wantsWork()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                records.forEach(record -> workbench.take(delivery(consumer, record)));
                if (records.isEmpty()) {
                    Thread.sleep(PAUSE);
                }
            }
        } catch (KafkaException | IllegalStateException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The queue could not be read and is asked again: {0}",
                    failure.toString());
            Thread.sleep(AFTER_FAILURE);
        }
    }

    private Delivery delivery(ShareConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> record) {
        return new Delivery(
                Optional.ofNullable(record.key()),
                Optional.ofNullable(record.value()),
                record.topic() + "-" + record.partition() + "@" + record.offset(),
                record.deliveryCount().orElse((short) 1),
                new Delivery.Answer() {
                    @Override
                    public void accept() {
                        acknowledge(consumer, record, AcknowledgeType.ACCEPT);
                    }

                    @Override
                    public void reject() {
                        acknowledge(consumer, record, AcknowledgeType.REJECT);
                    }

                    @Override
                    public void release() {
                        acknowledge(consumer, record, AcknowledgeType.RELEASE);
                    }
                });
    }

    /** A failed answer is no harm: the record comes again, and the coordinator tells all but the first execution to stop. */
    private static void acknowledge(
            ShareConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
        try {
            consumer.acknowledge(record, type);
            consumer.commitSync(ANSWER).values().stream()
                    .flatMap(Optional::stream)
                    .forEach(refusal -> warn(record, type, refusal));
        } catch (KafkaException | IllegalStateException failure) {
            warn(record, type, failure);
        }
    }

    private static void warn(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type, RuntimeException failure) {
        LOG.log(
                System.Logger.Level.WARNING,
                "The answer {0} to offset {1} of the queue was not taken: {2}",
                type,
                Long.toString(record.offset()),
                failure.toString());
    }

    /** Returns at once; the thread ends within a poll. */
    void stop() {
        running = false;
    }
}
