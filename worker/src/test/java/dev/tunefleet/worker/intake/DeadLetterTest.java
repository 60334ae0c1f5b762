package dev.tunefleet.worker.intake;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.blob.Sha256;

import static org.assertj.core.api.Assertions.assertThat;

class DeadLetterTest {

    @Test
    void aRecordIsKeptWholeWithWhereItCameFromAndWhy() {
        byte[] value = "no JSON".getBytes(StandardCharsets.UTF_8);

        ProducerRecord<byte[], byte[]> letter = written("births/7", value, "It must be JSON.");

        assertThat(letter.key()).isEqualTo("births/7".getBytes(StandardCharsets.UTF_8));
        assertThat(letter.value()).isEqualTo(value);
        assertThat(header(letter, "origin")).contains("trials-0@5");
        assertThat(header(letter, "reason")).contains("It must be JSON.");
        assertThat(header(letter, "worker")).contains("worker-1");
        assertThat(header(letter, "value-bytes")).isEmpty();
    }

    @Test
    void ofALargeRecordItsLengthAndDigestAreKept() {
        byte[] value = new byte[1_000_000];

        ProducerRecord<byte[], byte[]> letter = written("k".repeat(2_000), value, "\u0416".repeat(500_000));

        assertThat(letter.value()).isNull();
        assertThat(header(letter, "value-bytes")).contains("1000000");
        assertThat(header(letter, "value-sha256")).contains(Sha256.of(value));
        assertThat(letter.key()).hasSize(1_000);
        assertThat(header(letter, "key-bytes")).contains("2000");
        assertThat(header(letter, "reason").orElseThrow()).hasSize(1_000);
    }

    @Test
    void aRecordWithoutKeyOrValueIsKeptAsSuch() {
        var delivery = new Delivery(Optional.empty(), Optional.empty(), "trials-0@5", 1, new Unanswered());

        ProducerRecord<byte[], byte[]> letter = new DeadLetter(delivery, "It must have a value.", "worker-1").written();

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(header(letter, "value-bytes")).isEmpty();
    }

    private static ProducerRecord<byte[], byte[]> written(String key, byte[] value, String reason) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        var delivery = new Delivery(Optional.of(keyBytes), Optional.of(value), "trials-0@5", 1, new Unanswered());
        return new DeadLetter(delivery, reason, "worker-1").written();
    }

    private static Optional<String> header(ProducerRecord<byte[], byte[]> letter, String name) {
        return Optional.ofNullable(letter.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }

    /** A letter is written before its record is answered. */
    private static final class Unanswered implements Delivery.Answer {
        @Override
        public void accept() {
            throw new AssertionError("not here");
        }

        @Override
        public void reject() {
            throw new AssertionError("not here");
        }

        @Override
        public void release() {
            throw new AssertionError("not here");
        }
    }
}
