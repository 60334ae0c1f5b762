package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import dev.tunefleet.common.blob.Sha256;
import dev.tunefleet.common.wire.Json;

/**
 * A record of a topic as anybody reads it, with no class of the program that wrote it.
 *
 * @param type the name of its type on the wire
 * @param time milliseconds since 1970
 */
record Entry(String type, JsonNode body, long time) {

    /** All committed records in {@code topic} up to its present end, in order. */
    static List<Entry> all(String servers, String topic) {
        return read(servers, topic, key -> true, Entry::read);
    }

    /** The values of all committed records in {@code topic}, whatever they are, as text. */
    static List<String> texts(String servers, String topic) {
        return read(servers, topic, key -> true, record -> new String(record.value(), StandardCharsets.UTF_8));
    }

    /** The digests of the values of all committed records in {@code topic}, whatever they are; of a value that was left out, as a header tells it. */
    static List<String> digests(String servers, String topic) {
        return read(servers, topic, key -> true, record -> {
            Header told = record.headers().lastHeader("value-sha256");
            return told == null ? Sha256.of(record.value()) : new String(told.value(), StandardCharsets.UTF_8);
        });
    }

    /** Those under {@code key}. */
    static List<Entry> of(String servers, String topic, String key) {
        return read(servers, topic, key::equals, Entry::read);
    }

    private static <T> List<T> read(
            String servers,
            String topic,
            Predicate<String> wanted,
            Function<ConsumerRecord<String, byte[]>, T> reader) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            var entries = new ArrayList<T>();
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (wanted.test(record.key())) {
                        entries.add(reader.apply(record));
                    }
                }
            }
            return entries;
        }
    }

    boolean is(String name) {
        return type.equals(name);
    }

    /** The number of the trial that a fact is about; 0 for none. */
    int trial() {
        return body.path("trial").asInt();
    }

    /** The number of the attempt that a fact is about. */
    int attempt() {
        return body.path("attempt").asInt();
    }

    private static Entry read(ConsumerRecord<String, byte[]> record) {
        try {
            JsonNode envelope = Json.MAPPER.readTree(record.value());
            return new Entry(envelope.path("type").asText(), envelope.path("body"), record.timestamp());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
