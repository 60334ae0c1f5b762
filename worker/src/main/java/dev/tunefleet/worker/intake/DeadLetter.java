package dev.tunefleet.worker.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.apache.kafka.clients.producer.ProducerRecord;

import dev.tunefleet.common.blob.Sha256;
import dev.tunefleet.common.topic.Topics;

/**
 * What is kept of a record that cannot be read: the record, with where it came from and why it was buried in its headers. Always small
 * enough to be written: one that is not would be given back and taken again for ever.
 */
record DeadLetter(Delivery delivery, String reason, String worker) {

    /** A longer value stays where it was. A producer takes 1 MiB with key and headers, which have less than the rest. */
    static final int LARGEST_VALUE_BYTES = 900_000;

    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_KEY_BYTES = 1_000;

    DeadLetter {
        reason = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    }

    ProducerRecord<byte[], byte[]> written() {
        byte[] key = delivery.key().orElse(null);
        byte[] value = delivery.value().orElse(null);
        boolean longKey = key != null && key.length > LONGEST_KEY_BYTES;
        boolean largeValue = value != null && value.length > LARGEST_VALUE_BYTES;
        var letter = new ProducerRecord<>(
                Topics.DEAD_LETTERS.topic(),
                longKey ? Arrays.copyOf(key, LONGEST_KEY_BYTES) : key,
                largeValue ? null : value);
        head(letter, "origin", delivery.where());
        head(letter, "reason", reason);
        head(letter, "worker", worker);
        if (longKey) {
            head(letter, "key-bytes", Integer.toString(key.length));
        }
        if (largeValue) {
            head(letter, "value-bytes", Integer.toString(value.length));
            head(letter, "value-sha256", Sha256.of(value));
        }
        return letter;
    }

    private static void head(ProducerRecord<byte[], byte[]> letter, String name, String text) {
        letter.headers().add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
