package dev.tunefleet.coordinator.stream;

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

/** The offsets of the coordinators' inputs, as the brokers tell them. */
record GroupOffsets(Admin admin, int shards) implements MeasuredLag.Offsets {

    private static final long PATIENCE_SECONDS = 5;

    @Override
    public Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException, TimeoutException {
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

    @Override
    public Map<TopicPartition, Long> folded() throws InterruptedException, ExecutionException, TimeoutException {
        var folded = new HashMap<TopicPartition, Long>();
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(StreamsSettings.APPLICATION).partitionsToOffsetAndMetadata());
        committed.forEach((partition, offset) -> {
            // A partition that was never committed is listed with nothing.
            if (offset != null) {
                folded.put(partition, offset.offset());
            }
        });
        return folded;
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
