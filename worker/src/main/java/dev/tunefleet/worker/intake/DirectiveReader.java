package dev.tunefleet.worker.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.wire.Codecs;
import dev.tunefleet.common.wire.UnreadableRecordException;

/**
 * Keeps the table of directives: reads their topic from the beginning, in no group, for as long as the worker lives.
 *
 * <p>A broker forgets that a directive was withdrawn after a day. A worker that was cut off for as long would heed it for ever, and
 * hand back each attempt of a study that has the name of a deleted one. So whoever was away for long reads all of it again.
 */
final class DirectiveReader implements Runnable {

    private static final System.Logger LOG = System.getLogger(DirectiveReader.class.getName());
    private static final TopicPartition ONLY = new TopicPartition(Topics.DIRECTIVES.topic(), 0);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    /** Well below the day after which a broker forgets what was withdrawn. */
    private static final Duration LONG = Duration.ofHours(12);

    private final Consumer<byte[], byte[]> consumer;
    private final Directives directives;
    private final IntakeMeasures measures;
    private final Runnable changed;
    private final InstantSource clock;
    private Instant heard;
    /** What has been read of them again, while the others are still in force. */
    private Optional<Directives> again = Optional.empty();

    private volatile boolean running = true;
    private volatile boolean current;

    /**
     * @param changed told after each batch of directives
     * @param clock that goes on while the machine sleeps
     */
    DirectiveReader(
            Consumer<byte[], byte[]> consumer,
            Directives directives,
            IntakeMeasures measures,
            Runnable changed,
            InstantSource clock) {
        this.consumer = consumer;
        this.directives = directives;
        this.measures = measures;
        this.changed = changed;
        this.clock = clock;
        this.heard = clock.instant();
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
            look();
        } catch (WakeupException told) {
            running = false;
        } catch (KafkaException failure) {
            LOG.log(System.Logger.Level.WARNING, "Directives could not be read: {0}", failure.toString());
            Thread.sleep(AFTER_FAILURE);
        }
    }

    private void look() {
        Duration sinceHeard = Duration.between(heard, clock.instant()).abs();
        if (current && again.isEmpty() && sinceHeard.compareTo(BETWEEN_LOOKS) < 0) {
            return;
        }
        long end = consumer.endOffsets(List.of(ONLY), ANSWER).get(ONLY);
        heard = clock.instant();
        if (sinceHeard.compareTo(LONG) >= 0) {
            LOG.log(System.Logger.Level.INFO, "The brokers were away for long: all directives are read again.");
            consumer.seekToBeginning(List.of(ONLY));
            again = Optional.of(new Directives());
        } else if (consumer.position(ONLY) >= end) {
            current = true;
            again.ifPresent(this::putInForce);
        }
    }

    private void putInForce(Directives read) {
        directives.become(read);
        again = Optional.empty();
        changed.run();
    }

    private void fold(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        Directives table = again.orElse(directives);
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            table.remove(key);
            return;
        }
        try {
            table.put(key, Codecs.DIRECTIVE.read(record.value()));
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
