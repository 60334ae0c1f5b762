package dev.tunefleet.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.studyfile.StudyFile;
import dev.tunefleet.local.client.Coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A study with TLS to Kafka, by certificate and by password, and with no right that the manifests of the Kafka users do not give. */
class SecureFleetIT {

    @TempDir
    Path folder;

    /** Of a password all characters count, also those that mean something to a shell, a configuration or a URL. */
    private static final String PASSWORD = "a$b{c}:d=e%f'g h";

    private SecureBroker broker;

    @BeforeEach
    void startTheBroker() throws Exception {
        broker = SecureBroker.start(folder.resolve("broker"), Certificates.in(folder.resolve("certificates")));
        for (JsonNode user : Rendered.parse(
                Files.readString(Repository.path("deploy/kubernetes/components/kafka-strimzi/users.yaml")))) {
            broker.allow(user);
        }
    }

    @AfterEach
    void stopTheBroker() {
        broker.close();
    }

    @Test
    void aStudyRunsWithMutualTlsAndTheRightsOfTheManifestsAlone() throws Exception {
        var kafka = new RealFleet.Kafka(
                variables(broker.client("tunefleet-coordinator")), variables(broker.client("tunefleet-worker")));

        runAStudy(kafka);

        assertThatThrownBy(() -> createTopic(broker.client("tunefleet-worker")))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aStudyRunsWithPasswordsOverTlsAndTheRightsOfTheManifestsAlone() throws Exception {
        var kafka = new RealFleet.Kafka(
                variables(broker.client("tunefleet-coordinator", PASSWORD)),
                variables(broker.client("tunefleet-worker", PASSWORD)));
        assertThat(kafka.worker().keySet()).isEqualTo(variablesOfTheManifest());

        runAStudy(kafka);

        assertThatThrownBy(() -> createTopic(broker.client("tunefleet-worker", PASSWORD)))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
        var wrong = new TreeMap<>(broker.client("tunefleet-worker", PASSWORD));
        wrong.computeIfPresent(
                "sasl.jaas.config", (name, value) -> value.toString().replace(PASSWORD, "guessed"));
        assertThatThrownBy(() -> createTopic(wrong)).hasCauseInstanceOf(SaslAuthenticationException.class);
    }

    private void runAStudy(RealFleet.Kafka kafka) throws Exception {
        try (RealFleet fleet = RealFleet.start(folder, kafka)) {
            Coordinator client = fleet.client();
            create(client);

            await().atMost(Duration.ofMinutes(5))
                    .untilAsserted(
                            () -> assertThat(client.study("births").state()).isEqualTo("COMPLETED"));

            assertThat(client.study("births").best()).isPresent();
        }
    }

    private static Set<String> variablesOfTheManifest() {
        return Settings.of(Rendered.overlay("production-own-kafka"), "tunefleet-worker").keySet().stream()
                .filter(name -> name.startsWith("KAFKA_"))
                .collect(Collectors.toSet());
    }

    private static void create(Coordinator client) throws Exception {
        Path demo = Repository.path("deploy/local/demo");
        String text = Files.readString(demo.resolve("births.yaml"))
                .replaceFirst("(?m)^budget:.*$", "budget: {trials: 2, time: 5m, epochs: 2}")
                .replaceFirst("(?m)^search:.*$", "search: {algorithm: random, scheduler: none, seed: 1}");
        var spec = StudyFile.parse("births.yaml", text);
        String data = client.uploadDataset(demo.resolve("births.csv"));
        client.create(spec.withData(spec.data().withUri(data)));
    }

    private static void createTopic(Map<String, Object> client) throws Exception {
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic("tunefleet.other", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** {@code ssl.keystore.type} as the variable {@code KAFKA_SSL_KEYSTORE_TYPE}, as the manifests give it. */
    private static Map<String, String> variables(Map<String, Object> settings) {
        var variables = new TreeMap<String, String>();
        settings.forEach((name, value) ->
                variables.put("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value.toString()));
        return variables;
    }
}
