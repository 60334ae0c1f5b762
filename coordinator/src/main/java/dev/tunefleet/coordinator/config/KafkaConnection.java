package dev.tunefleet.coordinator.config;

import java.util.HashMap;
import java.util.Map;

import jakarta.inject.Singleton;

import io.smallrye.common.annotation.Identifier;

/**
 * Where the brokers are and how to prove to them who one is: what every Kafka client of the coordinator begins with.
 *
 * <p>Everything under {@code kafka.security.}, {@code kafka.ssl.} and {@code kafka.sasl.} is passed on as it is, also from
 * variables like {@code KAFKA_SSL_TRUSTSTORE_LOCATION}.
 */
@Singleton
public class KafkaConnection {

    private final Map<String, Object> settings;

    KafkaConnection(@Identifier("default-kafka-broker") Map<String, Object> application, CoordinatorConfig config) {
        var kept = new HashMap<String, Object>();
        application.forEach((name, value) -> {
            if (name.startsWith("security.") || name.startsWith("ssl.") || name.startsWith("sasl.")) {
                kept.put(name, value);
            }
        });
        kept.put("bootstrap.servers", config.kafka());
        this.settings = Map.copyOf(kept);
    }

    /** The settings, among them secrets: not for logs. */
    public Map<String, Object> settings() {
        return settings;
    }

    /** These settings and {@code own}, which win. */
    public Map<String, Object> with(Map<String, Object> own) {
        var all = new HashMap<>(settings);
        all.putAll(own);
        return all;
    }
}
