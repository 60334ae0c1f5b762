package dev.tunefleet.coordinator.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

import dev.tunefleet.common.topic.Topics;

/**
 * The lag of the coordinators' consumer group, measured once a second from outside it.
 *
 * <p>A round compares what the group has committed now with where the topics ended one round ago: a busy partition is never
 * level with its end, but it has folded what was there a second before. A measurement that is older than a few rounds counts
 * as lag, so that a broker that is away makes nobody silent.
 */
final class MeasuredLag implements InputLag {

    private static final long PATIENCE_SECONDS = 5;
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final Admin admin;
    private final int shards;
    private Map<TopicPartition, Long> endsBefore = Map.of();
    private volatile Measurement last = new Measurement(Map.of(), Long.MIN_VALUE);

    MeasuredLag(Admin admin, int shards) {
        this.admin = admin;
        this.shards = shards;
    }

    @Override
    public boolean zero(int partition) {
        Measurement measured = last;
        return measured.taken() != Long.MIN_VALUE
                && System.nanoTime() - measured.taken() < FRESH.toNanos()
                && measured.zero().getOrDefault(partition, false);
    }

    /** Measures once. */
    void round() throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(StreamsSettings.APPLICATION).partitionsToOffsetAndMetadata());
        var zero = new HashMap<Integer, Boolean>();
        endsBefore.forEach((partition, end) -> {
            OffsetAndMetadata folded = committed.get(partition);
            boolean level = end == 0 || folded != null && folded.offset() >= end;
            zero.merge(partition.partition(), level, Boolean::logicalAnd);
        });
        last = new Measurement(Map.copyOf(zero), System.nanoTime());
        endsBefore = ends();
    }

    private Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException, TimeoutException {
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        for (int partition = 0; partition < shards; partition++) {
            wanted.put(new TopicPartition(Topics.COMMANDS.topic(), partition), OffsetSpec.latest());
            wanted.put(new TopicPartition(Topics.EVENTS.topic(), partition), OffsetSpec.latest());
        }
        var ends = new HashMap<TopicPartition, Long>();
        Map<TopicPartition, ListOffsetsResultInfo> found =
                get(admin.listOffsets(wanted).all());
        found.forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private record Measurement(Map<Integer, Boolean> zero, long taken) {}
}
