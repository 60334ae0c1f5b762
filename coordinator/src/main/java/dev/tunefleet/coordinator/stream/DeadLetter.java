package dev.tunefleet.coordinator.stream;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Where a record came from that could not be read, and why it could not, as the headers of a dead letter. */
record DeadLetter(String topic, int partition, long offset, String reason) {

    Headers headers() {
        return new RecordHeaders()
                .add("origin-topic", bytes(topic))
                .add("origin-partition", bytes(Integer.toString(partition)))
                .add("origin-offset", bytes(Long.toString(offset)))
                .add("reason", bytes(reason));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
