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
import dev.tunefleet.local.broker.EmbeddedBroker;
import dev.tunefleet.local.broker.FreePorts;
import dev.tunefleet.local.client.Coordinator;

import static org.awaitility.Awaitility.await;

/** A broker, an S3 server, a coordinator that asks for tokens and a worker, as on a cluster but on this machine. */
final class RealFleet implements AutoCloseable {

    static final String TOKEN = "an-operator-of-the-tests";

    private final Path folder;
    private final EmbeddedBroker broker;
    private final S3Server store;
    private final List<Process> programs = new ArrayList<>();
    private final int coordinatorPort = FreePorts.next();
    private final int workerPort = FreePorts.next();

    private RealFleet(Path folder) throws IOException {
        this.folder = folder;
        this.broker = EmbeddedBroker.start(folder.resolve("broker"));
        this.store = S3Server.start(Files.createDirectories(folder.resolve("store")), FreePorts.next());
    }

    /** Starts everything; returns once coordinator and worker say that they are ready. */
    static RealFleet start(Path folder) throws IOException {
        var fleet = new RealFleet(folder);
        Path tokens = Files.createDirectories(folder.resolve("tokens"));
        Files.writeString(tokens.resolve("operate"), TOKEN);
        fleet.launch(
                "coordinator",
                fleet.coordinatorPort,
                List.of("-Xmx512m"),
                Map.of(
                        "TUNEFLEET_STATE_DIR", folder.resolve("state").toString(),
                        "TUNEFLEET_API_TOKENS", tokens.toString()));
        fleet.launch(
                "worker",
                fleet.workerPort,
                List.of(
                        "-Xmx768m",
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"),
                Map.of(
                        "TUNEFLEET_WORKER_ID", "watched",
                        "TUNEFLEET_WORKER_SLOTS", "1",
                        "TUNEFLEET_CACHE_DIR", folder.resolve("cache").toString(),
                        "OMP_NUM_THREADS", "1"));
        for (int port : new int[] {fleet.coordinatorPort, fleet.workerPort}) {
            await().atMost(Duration.ofMinutes(3)).ignoreExceptions().until(() -> ready(port));
        }
        return fleet;
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
        broker.close();
    }

    private void launch(String program, int port, List<String> options, Map<String, String> settings)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-jar",
                Repository.path(program + "/target/quarkus-app/quarkus-run.jar").toString()));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".log").toFile());
        builder.environment()
                .putAll(new HashMap<>(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        broker.bootstrapServers(),
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1",
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "TUNEFLEET_BLOBS",
                        store.location("fleet").toString(),
                        "AWS_ACCESS_KEY_ID",
                        S3Server.ACCESS_KEY,
                        "AWS_SECRET_ACCESS_KEY",
                        S3Server.SECRET_KEY)));
        builder.environment().putAll(settings);
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
