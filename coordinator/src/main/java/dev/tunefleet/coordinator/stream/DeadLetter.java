package dev.tunefleet.coordinator.stream;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

import dev.tunefleet.common.blob.Sha256;

/**
 * What is kept of a record that could not be read: the record, with where it came from and why it could not be read in its headers.
 * Always small enough to be written, as one that is not would stop its coordinator, and the next one at the same place.
 */
record DeadLetter(Record<String, byte[]> original, RecordMetadata place, String reason) {

    private static final int LONGEST_REASON = 1000;
    private static final int LONGEST_KEY = 1000;

    DeadLetter {
        reason = beginning(reason, LONGEST_REASON);
    }

    static DeadLetter of(Record<String, byte[]> original, RecordMetadata place, RuntimeException failure) {
        return new DeadLetter(
                original, place, failure.getMessage() == null ? failure.toString() : failure.getMessage());
    }

    /** The record of the dead-letter topic. */
    Record<String, byte[]> written(long now) {
        Headers headers = new RecordHeaders()
                .add("origin-topic", bytes(place.topic()))
                .add("origin-partition", bytes(Integer.toString(place.partition())))
                .add("origin-offset", bytes(Long.toString(place.offset())))
                .add("reason", bytes(reason));
        String key = original.key();
        if (key != null && key.length() > LONGEST_KEY) {
            headers.add("key-characters", bytes(Integer.toString(key.length())));
            key = beginning(key, LONGEST_KEY);
        }
        byte[] value = original.value();
        if (value != null && value.length > Outgoing.LARGEST_VALUE_BYTES) {
            headers.add("value-bytes", bytes(Integer.toString(value.length)))
                    .add("value-sha256", bytes(Sha256.of(value)));
            value = null;
        }
        return new Record<>(key, value, now, headers);
    }

    private static String beginning(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) : text;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
