package dev.tunefleet.worker.intake;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.WakeupException;

import dev.tunefleet.common.topic.Topics;

/**
 * The worker's one member of the queue's share group. It polls only while a slot is free: after a poll that returned a record
 * the client fetches no more until the next poll, so that a busy worker holds no record that others could run.
 */
final class QueueReader implements Runnable {

    private static final System.Logger LOG = System.getLogger(QueueReader.class.getName());
    /** A waiting share poll returns at its timeout, whatever arrives: long polls would be long delays. */
    private static final Duration POLL = Duration.ofMillis(15);

    private static final Duration BUSY = Duration.ofMillis(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final ShareConsumer<byte[], byte[]> consumer;
    private final Workbench workbench;
    private volatile boolean running = true;

    QueueReader(ShareConsumer<byte[], byte[]> consumer, Workbench workbench) {
        this.consumer = consumer;
        this.workbench = workbench;
    }

    @Override
    public void run() {
        try (consumer) {
            consumer.subscribe(List.of(Topics.TRIALS.topic()));
            while (running) {
                turn();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() throws InterruptedException {
        if (!workbench.wantsWork()) {
            Thread.sleep(BUSY);
            return;
        }
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                workbench.take(delivery(record));
            }
        } catch (WakeupException told) {
            running = false;
        } catch (KafkaException | IllegalStateException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The queue could not be read and is asked again: {0}",
                    failure.toString());
            Thread.sleep(AFTER_FAILURE);
        }
    }

    private Delivery delivery(ConsumerRecord<byte[], byte[]> record) {
        return new Delivery(
                Optional.ofNullable(record.key()),
                Optional.ofNullable(record.value()),
                record.topic() + "-" + record.partition() + "@" + record.offset(),
                record.deliveryCount().orElse((short) 1),
                new Delivery.Answer() {
                    @Override
                    public void accept() {
                        acknowledge(record, AcknowledgeType.ACCEPT);
                    }

                    @Override
                    public void reject() {
                        acknowledge(record, AcknowledgeType.REJECT);
                    }

                    @Override
                    public void release() {
                        acknowledge(record, AcknowledgeType.RELEASE);
                    }
                });
    }

    /** A failed answer is no harm: the record comes again, and the coordinator tells all but the first execution to stop. */
    private void acknowledge(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
        consumer.acknowledge(record, type);
        Map<TopicIdPartition, Optional<KafkaException>> results = consumer.commitSync(AFTER_FAILURE.multipliedBy(5));
        results.values().stream()
                .flatMap(Optional::stream)
                .forEach(failure -> LOG.log(
                        System.Logger.Level.WARNING,
                        "The answer {0} to offset {1} was refused: {2}",
                        type,
                        record.offset(),
                        failure.toString()));
    }

    void stop() {
        running = false;
        consumer.wakeup();
    }
}
