package dev.tunefleet.local.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.LogManager;
import java.util.stream.Stream;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.studyfile.StudyFile;
import dev.tunefleet.local.broker.BrokerMain;
import dev.tunefleet.local.broker.EmbeddedBroker;
import dev.tunefleet.local.broker.FreePorts;
import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.fleet.Probe;
import dev.tunefleet.local.simulation.Load;
import dev.tunefleet.local.simulation.SimulatedFleet;

/**
 * Makes the cache of classes and profiles (JEP 514, JEP 515) that a coordinator is started with: {@code Rehearsal CACHE JAVA OPTIONS… -jar
 * JAR}. A first coordinator has simulated workers write a journal; a second, whose doings are recorded, reads it, decides and is read from.
 * A cache holds for the very JVM and the very jars that it was made with.
 */
public final class Rehearsal {

    private static final String STUDY = "rehearsal";
    private static final Load LOAD = new Load(50, Duration.ofSeconds(1));
    private static final int TRIALS_WRITTEN = 500;
    private static final int TRIALS_RECORDED = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long PAUSE_MILLISECONDS = 100;

    private final Path folder;
    private final String brokers;
    private final List<String> command;

    private Rehearsal(Path folder, String brokers, List<String> command) {
        this.folder = folder;
        this.brokers = brokers;
        this.command = List.copyOf(command);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 3) {
            throw new IllegalArgumentException(
                    "A rehearsal must be told the cache to make and the command line of a coordinator.");
        }
        try (InputStream quiet = BrokerMain.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(quiet);
        }
        Path cache = Path.of(arguments[0]).toAbsolutePath();
        Path folder = Files.createTempDirectory("tunefleet-rehearsal");
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            var rehearsal = new Rehearsal(
                    folder, broker.bootstrapServers(), List.of(arguments).subList(1, arguments.length));
            rehearsal.play(List.of(), TRIALS_WRITTEN);
            rehearsal.play(List.of("-XX:AOTCacheOutput=" + cache), TRIALS_RECORDED);
        } finally {
            delete(folder);
        }
        if (Files.notExists(cache)) {
            throw new IllegalStateException("The cache (" + cache
                    + ") must have been written as the coordinator ended; why it was not stands above.");
        }
    }

    /** Has a coordinator with further {@code options} hand out trials, looks at them, and ends it. */
    private void play(List<String> options, int trials) throws IOException, InterruptedException {
        int port = FreePorts.next();
        Process program = start(options, port);
        try {
            await("be ready", () -> {
                if (!program.isAlive()) {
                    throw new IllegalStateException(
                            "The coordinator must live, but ended with exit code " + program.exitValue() + ".");
                }
                return Probe.isReady(port);
            });
            var client = new Coordinator(URI.create("http://127.0.0.1:" + port));
            submit(client);
            try (SimulatedFleet fleet = SimulatedFleet.start(brokers, LOAD)) {
                await("have " + trials + " trials completed", () -> fleet.results() >= trials);
            }
            client.studies();
            client.trials(STUDY);
        } finally {
            program.destroy();
            if (!program.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                program.destroyForcibly();
            }
        }
    }

    private Process start(List<String> options, int port) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(1, options);
        var builder = new ProcessBuilder(line).inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        brokers,
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1",
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "TUNEFLEET_BLOBS",
                        folder.resolve("blobs").toUri().toString(),
                        "TUNEFLEET_STATE_DIR",
                        folder.resolve("state").toString()));
        return builder.start();
    }

    private void submit(Coordinator client) throws IOException, InterruptedException {
        Path data = Files.writeString(folder.resolve("data.csv"), "y\n1\n2\n");
        StudySpec spec = StudyFile.parse("rehearsal.yaml", """
                name: %s
                task: forecast
                data: {uri: data.csv, target: y, horizon: 1}
                budget: {trials: 100000, epochs: 30}
                search: {algorithm: sobol, scheduler: none, confirm: 0, seed: 1}
                """.formatted(STUDY));
        client.create(spec.withData(spec.data().withUri(client.uploadDataset(data))));
    }

    private static void await(String what, BooleanSupplier done) throws InterruptedException {
        long began = System.nanoTime();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IllegalStateException("The coordinator must " + what + " within " + PATIENCE + ".");
            }
            Thread.sleep(PAUSE_MILLISECONDS);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
