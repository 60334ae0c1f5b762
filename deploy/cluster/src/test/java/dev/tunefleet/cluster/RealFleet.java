package dev.tunefleet.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.tunefleet.common.blob.S3Server;
import dev.tunefleet.local.broker.FreePorts;
import dev.tunefleet.local.client.Coordinator;

import static org.awaitility.Awaitility.await;

/** An S3 server, a coordinator that asks for tokens and a worker, as on a cluster but on this machine. */
final class RealFleet implements AutoCloseable {

    static final String TOKEN = "an-operator-of-the-tests";

    private final Path folder;
    private final Programs launcher;
    private final S3Server store;
    private final List<Process> programs = new ArrayList<>();
    private final int coordinatorPort = FreePorts.next();
    private final int workerPort = FreePorts.next();

    private RealFleet(Path folder, Programs programs) throws IOException {
        this.folder = folder;
        this.launcher = programs;
        this.store = S3Server.start(Files.createDirectories(folder.resolve("store")), FreePorts.next());
    }

    /** How to reach Kafka: the variables of each program. */
    record Kafka(Map<String, String> coordinator, Map<String, String> worker) {
        static Kafka plain(String bootstrapServers) {
            Map<String, String> both = Map.of("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
            return new Kafka(both, both);
        }
    }

    /** How the programs are begun. */
    interface Programs {

        /** The process that is to be {@code program}, without the settings of the fleet. */
        ProcessBuilder process(String program) throws IOException;

        /** Settings of {@code program} that win over those of the fleet, such as folders that are elsewhere for it. */
        default Map<String, String> settings(String program) {
            return Map.of();
        }
    }

    /** Plain processes of what the build has left. */
    private static final class FromJars implements Programs {

        private static final Map<String, List<String>> OPTIONS = Map.of(
                "coordinator",
                List.of("-Xmx512m"),
                "worker",
                List.of(
                        "-Xmx768m",
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));

        @Override
        public ProcessBuilder process(String program) {
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(OPTIONS.get(program));
            command.addAll(List.of(
                    "-jar",
                    Repository.path(program + "/target/quarkus-app/quarkus-run.jar")
                            .toString()));
            return new ProcessBuilder(command);
        }
    }

    /** Starts everything; returns once coordinator and worker say that they are ready. */
    static RealFleet start(Path folder, Kafka kafka) throws IOException {
        return start(folder, kafka, new FromJars());
    }

    /** As {@link #start(Path, Kafka)}, with the programs that {@code programs} begin. */
    static RealFleet start(Path folder, Kafka kafka, Programs programs) throws IOException {
        var fleet = new RealFleet(folder, programs);
        try {
            fleet.launchCoordinator(kafka.coordinator());
            fleet.launchWorker(kafka.worker());
            for (int port : new int[] {fleet.coordinatorPort, fleet.workerPort}) {
                await().atMost(Duration.ofMinutes(3)).ignoreExceptions().until(() -> ready(port));
            }
            return fleet;
        } catch (RuntimeException | IOException failure) {
            fleet.close();
            throw failure;
        }
    }

    Coordinator client() {
        return new Coordinator(URI.create("http://127.0.0.1:" + coordinatorPort), Optional.of(TOKEN));
    }

    String coordinatorAddress() {
        return "127.0.0.1:" + coordinatorPort;
    }

    String workerAddress() {
        return "127.0.0.1:" + workerPort;
    }

    /** The process of the coordinator, then that of the worker. */
    List<ProcessHandle> processes() {
        return programs.stream().map(Process::toHandle).toList();
    }

    /** The metrics of the program at {@code address}, as text. */
    static String metrics(String address) throws IOException, InterruptedException {
        return ask("http://" + address + "/q/metrics").orElseThrow();
    }

    @Override
    public void close() {
        programs.reversed().forEach(Process::destroy);
        for (Process program : programs) {
            program.onExit()
                    .completeOnTimeout(program, 60, TimeUnit.SECONDS)
                    .join()
                    .destroyForcibly();
        }
        store.close();
    }

    private void launchCoordinator(Map<String, String> kafka) throws IOException {
        Path tokens = Files.createDirectories(folder.resolve("tokens"));
        Files.writeString(tokens.resolve("operate"), TOKEN);
        var settings = new HashMap<>(kafka);
        settings.put("TUNEFLEET_STATE_DIR", folder.resolve("state").toString());
        settings.put("TUNEFLEET_API_TOKENS", tokens.toString());
        launch("coordinator", coordinatorPort, settings);
    }

    private void launchWorker(Map<String, String> kafka) throws IOException {
        var settings = new HashMap<>(kafka);
        settings.put("TUNEFLEET_WORKER_ID", "watched");
        settings.put("TUNEFLEET_WORKER_SLOTS", "1");
        settings.put("TUNEFLEET_CACHE_DIR", folder.resolve("cache").toString());
        settings.put("OMP_NUM_THREADS", "1");
        launch("worker", workerPort, settings);
    }

    private void launch(String program, int port, Map<String, String> settings) throws IOException {
        ProcessBuilder builder = launcher.process(program)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".log").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("TUNEFLEET_BLOBS", store.location("fleet").toString());
        environment.put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
        environment.putAll(settings);
        environment.putAll(launcher.settings(program));
        programs.add(builder.start());
    }

    private static boolean ready(int port) throws IOException, InterruptedException {
        return ask("http://127.0.0.1:" + port + "/q/health/ready").isPresent();
    }

    private static Optional<String> ask(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var response = client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
            return Optional.of(response)
                    .filter(found -> found.statusCode() == 200)
                    .map(found -> found.body());
        }
    }
}
