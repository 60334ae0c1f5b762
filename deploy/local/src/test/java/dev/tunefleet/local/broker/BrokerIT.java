package dev.tunefleet.local.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class BrokerIT {

    private static final String TOPIC = "letters";

    @TempDir
    Path folder;

    @Test
    void recordsTopicsAndGroupSettingsOutliveARestart() throws Exception {
        try (var broker = EmbeddedBroker.start(folder.resolve("a broker"))) {
            createTopic(broker.bootstrapServers(), 1);
            setEarliest(broker.bootstrapServers(), "readers");
            sendInTransaction(broker.bootstrapServers(), "a", "b");
        }

        try (var broker = EmbeddedBroker.start(folder.resolve("a broker"))) {
            sendInTransaction(broker.bootstrapServers(), "c");

            assertThat(read(broker.bootstrapServers(), 3)).containsExactly("a", "b", "c");
            assertThat(takeAsShareGroup(broker.bootstrapServers(), "readers", 3))
                    .containsExactly("a", "b", "c");
        }
    }

    @Test
    void twoBrokersRunBesideEachOther() throws Exception {
        try (var one = EmbeddedBroker.start(folder.resolve("one"));
                var two = EmbeddedBroker.start(folder.resolve("two"))) {
            createTopic(one.bootstrapServers(), 1);
            createTopic(two.bootstrapServers(), 1);

            sendInTransaction(one.bootstrapServers(), "first");
            sendInTransaction(two.bootstrapServers(), "second");

            assertThat(read(one.bootstrapServers(), 1)).containsExactly("first");
            assertThat(read(two.bootstrapServers(), 1)).containsExactly("second");
        }
    }

    @Test
    void aClusterLosesNothingWhenOneOfItsThreeBrokersStops() throws Exception {
        try (var cluster = EmbeddedCluster.start(folder)) {
            createTopic(cluster.bootstrapServers(), 3);
            sendInTransaction(cluster.bootstrapServers(), "before");

            cluster.stop(1);
            sendInTransaction(cluster.bootstrapServers(), "without");
            cluster.restart(1);
            cluster.stop(2);
            sendInTransaction(cluster.bootstrapServers(), "after");

            assertThat(read(cluster.bootstrapServers(), 3)).containsExactly("before", "without", "after");
        }
    }

    private static void createTopic(String servers, int copies) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            var topic = new NewTopic(TOPIC, Optional.of(1), Optional.of((short) copies));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static void setEarliest(String servers, String group) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            var setting =
                    new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), List.of(setting)))
                    .all()
                    .get();
        }
    }

    private static void sendInTransaction(String servers, String... values) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers, ProducerConfig.TRANSACTIONAL_ID_CONFIG, "writer");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values) {
                producer.send(new ProducerRecord<>(TOPIC, value));
            }
            producer.commitTransaction();
        }
    }

    private static List<String> read(String servers, int expected) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partitions = List.of(new TopicPartition(TOPIC, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var values = new ArrayList<String>();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= expected;
            });
            return values;
        }
    }

    private static List<String> takeAsShareGroup(String servers, String group, int expected) {
        Map<String, Object> settings =
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers, ConsumerConfig.GROUP_ID_CONFIG, group);
        try (var consumer = new KafkaShareConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            var values = new ArrayList<String>();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= expected;
            });
            return values;
        }
    }
}
