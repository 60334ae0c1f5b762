package dev.tunefleet.coordinator.stream;

import java.util.Properties;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

import dev.tunefleet.coordinator.config.CoordinatorConfig;
import dev.tunefleet.coordinator.config.KafkaConnection;

/** How Kafka Streams is run: exactly once, quick to commit, quick to take over. */
final class StreamsSettings {

    /** The application id, which is also the consumer group and the prefix of the changelog. */
    static final String APPLICATION = "tunefleet-coordinator";

    private static final int SESSION_MILLISECONDS = 10_000;
    /**
     * The transaction of a coordinator that was killed holds up whoever takes over for so long. One that is shorter than the death
     * of a broker lasts, nine seconds until it counts as dead and a few for its successors, would end the coordinator with it.
     */
    private static final int TRANSACTION_MILLISECONDS = 18_000;

    private StreamsSettings() {}

    static Properties of(CoordinatorConfig config, KafkaConnection kafka) {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        settings.putAll(kafka.settings());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.streamThreads());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // A decision that somebody waits for asks for its commit at once, see StudyProcessor; what is left open is
        // committed with what follows, as nothing is decided while a commit is on its way.
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 40);
        settings.put(StreamsConfig.POLL_MS_CONFIG, 10);
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 1);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.consumerPrefix(CommonClientConfigs.SESSION_TIMEOUT_MS_CONFIG), SESSION_MILLISECONDS);
        settings.put(
                StreamsConfig.consumerPrefix(CommonClientConfigs.HEARTBEAT_INTERVAL_MS_CONFIG),
                SESSION_MILLISECONDS / 5);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_MILLISECONDS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        // A broker that still ends the transaction before refuses the next one for some milliseconds, and everything
        // waits for the repetition: by default a tenth of a second, and up to one.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 5);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG), 200);
        return settings;
    }
}
