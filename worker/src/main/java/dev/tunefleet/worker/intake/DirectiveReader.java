package dev.tunefleet.worker.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.wire.Codecs;
import dev.tunefleet.common.wire.UnreadableRecordException;

/** Keeps the table of directives: reads their topic from the beginning, in no group, for as long as the worker lives. */
final class DirectiveReader implements Runnable {

    private static final System.Logger LOG = System.getLogger(DirectiveReader.class.getName());
    private static final TopicPartition ONLY = new TopicPartition(Topics.DIRECTIVES.topic(), 0);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final Directives directives;
    private final IntakeMeasures measures;
    private final Runnable changed;
    private volatile boolean running = true;
    private volatile boolean current;

    /** @param changed told after each batch of directives */
    DirectiveReader(
            Consumer<byte[], byte[]> consumer, Directives directives, IntakeMeasures measures, Runnable changed) {
        this.consumer = consumer;
        this.directives = directives;
        this.measures = measures;
        this.changed = changed;
    }

    /** Whether everything has been read that was there at the start. */
    boolean current() {
        return current;
    }

    @Override
    public void run() {
        try (consumer) {
            consumer.assign(List.of(ONLY));
            consumer.seekToBeginning(List.of(ONLY));
            while (running) {
                turn();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() throws InterruptedException {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            records.forEach(this::fold);
            if (!records.isEmpty()) {
                changed.run();
            }
            if (!current) {
                long end = consumer.endOffsets(List.of(ONLY)).get(ONLY);
                current = consumer.position(ONLY) >= end;
            }
        } catch (WakeupException told) {
            running = false;
        } catch (KafkaException failure) {
            LOG.log(System.Logger.Level.WARNING, "Directives could not be read: {0}", failure.toString());
            Thread.sleep(AFTER_FAILURE);
        }
    }

    private void fold(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            directives.remove(key);
            return;
        }
        try {
            directives.put(key, Codecs.DIRECTIVE.read(record.value()));
        } catch (UnreadableRecordException unreadable) {
            measures.deadLettered();
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The directive at {0}@{1} is left out: {2}",
                    ONLY,
                    Long.toString(record.offset()),
                    unreadable.getMessage());
        }
    }

    void stop() {
        running = false;
        consumer.wakeup();
    }
}
