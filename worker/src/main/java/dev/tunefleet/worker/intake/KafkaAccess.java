package dev.tunefleet.worker.intake;

import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.common.annotation.Identifier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.tunefleet.common.topic.Topics;

/**
 * Makes the plain clients that the intake needs. Of the application's settings they get where the brokers are and how to prove
 * who one is; a share consumer refuses most others.
 */
@ApplicationScoped
class KafkaAccess {

    /** Some assignments; a larger one is answered all the same. */
    private static final int QUEUE_FETCH_BYTES = 1 << 15;

    private final Map<String, Object> common = new HashMap<>();

    KafkaAccess(@Identifier("default-kafka-broker") Map<String, Object> application) {
        application.forEach((name, value) -> {
            if (name.equals("bootstrap.servers")
                    || name.startsWith("security.")
                    || name.startsWith("ssl.")
                    || name.startsWith("sasl.")) {
                common.put(name, value);
            }
        });
    }

    Admin admin() {
        return Admin.create(with(Map.of("request.timeout.ms", 5_000, "default.api.timeout.ms", 10_000)));
    }

    ShareConsumer<byte[], byte[]> queue(String worker) {
        return new KafkaShareConsumer<>(
                with(Map.of(
                        "group.id",
                        Topics.QUEUE_GROUP,
                        "client.id",
                        worker + "-queue",
                        "share.acknowledgement.mode",
                        "explicit",
                        "share.acquire.mode",
                        "record_limit",
                        "max.poll.records",
                        1,
                        // The broker goes through all that it may answer with, though one record is asked for.
                        "fetch.max.bytes",
                        QUEUE_FETCH_BYTES)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    Consumer<byte[], byte[]> reader(String worker) {
        return new KafkaConsumer<>(
                with(Map.of(
                        "client.id",
                        worker + "-directives",
                        "enable.auto.commit",
                        false,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "allow.auto.create.topics",
                        false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    Producer<byte[], byte[]> producer(String worker) {
        return new KafkaProducer<>(
                with(Map.of("client.id", worker + "-dead-letters", "acks", "all")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private Map<String, Object> with(Map<String, Object> own) {
        var settings = new HashMap<>(common);
        settings.putAll(own);
        return settings;
    }
}
