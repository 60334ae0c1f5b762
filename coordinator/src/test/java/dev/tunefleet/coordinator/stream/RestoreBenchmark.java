package dev.tunefleet.coordinator.stream;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.coordinator.study.Changes;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.Origin;
import dev.tunefleet.coordinator.study.Study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How long a coordinator without a standby, started as in its image, takes from its start to its first decision on a study of many
 * trials, and how much processor time, which says the same on a machine that is busy; three times, since the broker is still at
 * work on what it was just given when the first begins. Needs the programs, see CONTRIBUTING.
 */
class RestoreBenchmark {

    private static final StudyId STUDY = new StudyId("births");
    private static final int TRIALS = Integer.getInteger("trials", 100_000);
    private static final int EPOCHS = 4;
    private static final int ROUNDS = 3;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Path ROOT =
            Path.of(System.getProperty("tunefleet.root", "..")).toAbsolutePath().normalize();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final List<Process> programs = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path folder;

    @Test
    void aStudyOfManyTrialsIsRestored() throws Exception {
        Path cache = rehearse();
        String brokers = broker();
        write(brokers);
        for (int round = 1; round <= ROUNDS; round++) {
            restore(round, brokers, cache);
        }
    }

    private void restore(int round, String brokers, Path cache) throws Exception {
        int port = freePort();
        URI server = URI.create("http://127.0.0.1:" + port);
        long began = System.nanoTime();
        Process coordinator = coordinator(round, brokers, port, cache);
        await().pollInterval(Duration.ofMillis(100))
                .atMost(LONG)
                .until(() -> status(get(server, "/q/health/ready")) == 200);
        double ready = seconds(began);
        int answered = status(command(server, "pause"));
        double decided = seconds(began);

        Duration processor = coordinator.info().totalCpuDuration().orElse(Duration.ZERO);
        System.out.printf(
                "%d trials: ready after %.1f s, the first decision (HTTP %d) after %.1f s, %.1f s of processor time%n",
                TRIALS, ready, answered, decided, processor.toMillis() / 1e3);
        assertThat(status(command(server, "resume"))).isEqualTo(200);
        coordinator.destroy();
        assertThat(coordinator.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process each : programs.reversed()) {
            each.destroy();
            each.waitFor(20, TimeUnit.SECONDS);
        }
    }

    private String broker() throws Exception {
        int port = freePort();
        start(
                "broker",
                Map.of(),
                "-Xmx512m",
                "-cp",
                localClassPath(),
                "dev.tunefleet.local.broker.BrokerMain",
                folder.resolve("broker").toString(),
                Integer.toString(port));
        String brokers = "127.0.0.1:" + port;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            await().atMost(LONG).until(() -> nodes(admin) > 0);
            var topics = new ArrayList<NewTopic>();
            for (Topics topic : Topics.all()) {
                topics.add(new NewTopic(topic.topic(), 1, (short) 1).configs(topic.settings()));
            }
            topics.add(new NewTopic(changelog(), 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
            admin.createTopics(topics).all().get();
        }
        return brokers;
    }

    private static int nodes(Admin admin) throws InterruptedException {
        try {
            return admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).size();
        } catch (ExecutionException | java.util.concurrent.TimeoutException notYet) {
            return 0;
        }
    }

    private static String changelog() {
        return StreamsSettings.APPLICATION + "-" + Entities.STORE + "-changelog";
    }

    /** Writes the journal of the study and what a coordinator would have stored of it. */
    private void write(String brokers) {
        Study study = Study.absent(STUDY);
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "linger.ms", 5, "batch.size", 1 << 17),
                new StringSerializer(),
                new ByteArraySerializer())) {
            var spec = Specs.aStudySpec();
            var budget = new Budget(
                    2 * TRIALS,
                    Optional.empty(),
                    EPOCHS,
                    spec.budget().parallel(),
                    spec.budget().target(),
                    spec.budget().patience(),
                    spec.budget().failures());
            fold(
                    study,
                    producer,
                    new Fact.StudyCreated(spec.withBudget(budget), new BlobRef("datasets/x.csv", "aa", 3), 0));
            for (int trial = 0; trial < TRIALS; trial++) {
                for (Fact fact : trial(trial)) {
                    fold(study, producer, fact);
                }
            }
            Changes all = study.changes();
            producer.send(new ProducerRecord<>(
                    changelog(),
                    "study/" + STUDY,
                    StudyCodecs.STUDY.write(all.study().orElseThrow())));
            all.trials()
                    .forEach(trial -> producer.send(new ProducerRecord<>(
                            changelog(), "trial/" + STUDY + "/" + trial.number(), StudyCodecs.TRIAL.write(trial))));
        }
    }

    private static void fold(Study study, KafkaProducer<String, byte[]> producer, Fact fact) {
        study.replay(fact);
        producer.send(new ProducerRecord<>(Topics.JOURNAL.topic(), STUDY.name(), StudyCodecs.FACT.write(fact)));
    }

    private static List<Fact> trial(int number) {
        double value = 0.1 + (number * 0.618) % 1;
        var configuration = Guide.start(Guide.SPACE).with(Guide.LEARNING_RATE, Value.of(1e-4 + 1e-2 * number / TRIALS));
        var facts = new ArrayList<Fact>();
        facts.add(new Fact.TrialQueued(number, configuration, new Origin.Suggested(number)));
        facts.add(new Fact.AttemptPublished(number, 1, EPOCHS, Optional.empty(), false));
        facts.add(new Fact.AttemptStarted(number, 1, new UUID(number, 1), "worker-1"));
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            facts.add(new Fact.EpochMeasured(number, 1, new Measurement(epoch, value, value, value, value, 1)));
        }
        facts.add(new Fact.TrialCompleted(
                number,
                new TrainingResult(EPOCHS, EPOCHS, value, value, value, value, value, false, EPOCHS),
                new BlobRef("models/" + number + ".zip", "aa", 1),
                new Scores(Map.of(Metric.MSE, value))));
        return facts;
    }

    /** Makes the cache that a coordinator's image has. */
    private Path rehearse() throws Exception {
        Path cache = folder.resolve("coordinator.aot");
        var arguments = new ArrayList<>(
                List.of("-cp", localClassPath(), "dev.tunefleet.local.rehearsal.Rehearsal", cache.toString(), JAVA));
        arguments.addAll(image());
        start("rehearsal", Map.of(), arguments.toArray(String[]::new));
        assertThat(programs.getLast().waitFor()).isZero();
        return cache;
    }

    private static String localClassPath() {
        Path local = ROOT.resolve("deploy/local/target");
        return local.resolve("lib") + "/*:" + local.resolve("classes");
    }

    /** The options of the image, in a pod of 2 GiB, and the program. */
    private static List<String> image() {
        return List.of(
                "@" + ROOT.resolve("deploy/images/coordinator.options"),
                "-XX:MaxRAM=2g",
                "-jar",
                ROOT.resolve("coordinator/target/quarkus-app/quarkus-run.jar").toString());
    }

    private Process coordinator(int round, String brokers, int port, Path cache) throws Exception {
        var arguments = new ArrayList<>(image());
        arguments.addFirst("-XX:AOTCache=" + cache);
        return start(
                "coordinator-" + round,
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", brokers,
                        "QUARKUS_HTTP_HOST", "127.0.0.1",
                        "QUARKUS_HTTP_PORT", Integer.toString(port),
                        "TUNEFLEET_BLOBS", folder.resolve("blobs").toUri().toString(),
                        "TUNEFLEET_STATE_DIR", folder.resolve("state-" + round).toString()),
                arguments.toArray(String[]::new));
    }

    private Process start(String name, Map<String, String> environment, String... arguments) throws Exception {
        var command = new ArrayList<String>(List.of(JAVA));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Files.createFile(folder.resolve(name + ".log")).toFile());
        builder.environment().putAll(environment);
        programs.add(builder.start());
        return programs.getLast();
    }

    private static HttpRequest command(URI server, String command) {
        return HttpRequest.newBuilder(server.resolve("/api/v1/studies/births/" + command))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
    }

    private static HttpRequest get(URI server, String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    private int status(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (java.io.IOException notYet) {
            return 0;
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
