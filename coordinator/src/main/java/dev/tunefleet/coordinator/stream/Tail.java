package dev.tunefleet.coordinator.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads whole partitions from their beginning and goes on as they grow, in a thread of its own and without a group.
 *
 * <p>Nothing that was not committed is seen. A record that the reader throws on is logged with its place, counted and passed
 * over. It is copied nowhere: these topics keep what they hold, and every coordinator reads all of it at each start.
 */
final class Tail implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Tail.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** So many records at once are read by several threads: most of a start is the reading of a long journal. */
    private static final int MANY = 200;

    private final List<TopicPartition> partitions;
    private final Reader reader;
    private final Listener listener;
    private final Consumer<String, byte[]> consumer;
    private final CountDownLatch endReached = new CountDownLatch(1);
    private final Thread thread;

    /**
     * A tail of {@code partitions} that reads with {@code consumer}, to be started.
     *
     * @param listener hears what goes wrong
     */
    Tail(
            String name,
            Consumer<String, byte[]> consumer,
            List<TopicPartition> partitions,
            Reader reader,
            Listener listener) {
        this.partitions = List.copyOf(partitions);
        this.reader = reader;
        this.listener = listener;
        this.consumer = consumer;
        this.thread = Thread.ofPlatform().name("tunefleet-" + name).unstarted(this::run);
    }

    /**
     * A tail of {@code partitions}, to be started.
     *
     * @param kafka where the brokers are and how to prove to them who one is
     * @param listener hears what goes wrong
     */
    static Tail of(
            String name, Map<String, Object> kafka, List<TopicPartition> partitions, Reader reader, Listener listener) {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "tunefleet-" + name);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        return new Tail(name, consumer, partitions, reader, listener);
    }

    void start() {
        thread.start();
    }

    /** Whether everything that was there at the start has been read. */
    boolean reachedEnd() {
        return endReached.getCount() == 0;
    }

    /** Whether it still reads. */
    boolean alive() {
        return thread.isAlive();
    }

    private void run() {
        try (consumer) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>();
            while (true) {
                round(ends);
            }
        } catch (WakeupException closed) {
            LOG.debugf("%s ends", thread.getName());
        } catch (RuntimeException | Error failure) {
            LOG.errorf(failure, "The thread %s cannot go on.", thread.getName());
            listener.gaveUp();
        }
    }

    private void round(Map<TopicPartition, Long> ends) {
        try {
            if (ends.isEmpty()) {
                ends.putAll(consumer.endOffsets(partitions));
            }
            read(consumer.poll(POLL));
            if (endReached.getCount() > 0
                    && partitions.stream().allMatch(each -> consumer.position(each) >= ends.get(each))) {
                endReached.countDown();
            }
        } catch (RetriableException away) {
            LOG.warnf("The thread %s tries again: %s", thread.getName(), away.getMessage());
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void read(ConsumerRecords<String, byte[]> records) {
        var all = new ArrayList<ConsumerRecord<String, byte[]>>(records.count());
        records.forEach(all::add);
        Stream<ConsumerRecord<String, byte[]>> unread = all.size() >= MANY ? all.parallelStream() : all.stream();
        for (Read read : unread.map(this::read).toList()) {
            ConsumerRecord<String, byte[]> each = read.record();
            try {
                read.step().take(reachedEnd());
            } catch (RuntimeException failure) {
                listener.unreadable(each.topic());
                LOG.errorf(
                        failure,
                        "The record at %s-%d@%d could not be read and is passed over.",
                        each.topic(),
                        each.partition(),
                        each.offset());
            }
        }
    }

    private Read read(ConsumerRecord<String, byte[]> record) {
        try {
            return new Read(record, reader.read(record));
        } catch (RuntimeException failure) {
            return new Read(record, fresh -> {
                throw failure;
            });
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hears what goes wrong with a tail, from its thread. */
    interface Listener {

        /** A record of {@code topic} could not be read and was passed over. */
        void unreadable(String topic);

        /** The tail cannot go on. */
        void gaveUp();
    }

    /** Reads the records of a tail. */
    @FunctionalInterface
    interface Reader {

        /** Reads {@code record}, before or after or while others are read; what it returns is called in the order of the records. */
        Step read(ConsumerRecord<String, byte[]> record);
    }

    /** Takes in what a record says. */
    @FunctionalInterface
    interface Step {

        /** @param fresh whether the record came after the end that was there at the start was reached */
        void take(boolean fresh);
    }

    private record Read(ConsumerRecord<String, byte[]> record, Step step) {}
}
