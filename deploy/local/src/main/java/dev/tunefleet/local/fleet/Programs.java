package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.tunefleet.local.broker.BrokerMain;

/** The command lines and environments of a fleet's processes: the artifacts that run on a cluster, set by environment variables. */
record Programs(Layout layout, Home home, Path folder, int brokerPort) {

    /** On one machine a store is quick; ten seconds more are left to the worker to say goodbye. */
    static final Duration WORKER_GRACE = ParentWatch.PATIENCE.minusSeconds(10);

    /** Where the programs put what they need while they run; what a killed one left there goes at the next start. */
    Path temporary() {
        return folder.resolve("temporary");
    }

    void emptyTemporary() throws IOException {
        if (Files.exists(temporary())) {
            try (Stream<Path> left = Files.walk(temporary())) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(temporary());
    }

    String bootstrapServers() {
        return "127.0.0.1:" + brokerPort;
    }

    Program broker() {
        List<String> command = java(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(
                "-cp",
                layout.localClassPath(),
                BrokerMain.class.getName(),
                folder.resolve("broker").toString(),
                Integer.toString(brokerPort)));
        return new Program("broker", command, Map.of(), log("broker"));
    }

    Program coordinator(int httpPort) {
        List<String> command = java(List.of("-Xmx1g"));
        command.addAll(List.of("-jar", layout.coordinatorJar().toString()));
        Map<String, String> environment = common(httpPort);
        environment.put("TUNEFLEET_STATE_DIR", folder.resolve("state").toString());
        return new Program("coordinator", command, environment, log("coordinator"));
    }

    Program worker(int number, int slots, int httpPort) {
        String name = "worker-" + number;
        List<String> command = java(WorkerJvm.options(home));
        command.addAll(List.of("-jar", layout.workerJar().toString()));
        Map<String, String> environment = common(httpPort);
        environment.putAll(WorkerJvm.ENVIRONMENT);
        environment.put("TUNEFLEET_WORKER_ID", name);
        environment.put("TUNEFLEET_WORKER_SLOTS", Integer.toString(slots));
        environment.put("TUNEFLEET_WORKER_GRACE", WORKER_GRACE.toSeconds() + "s");
        environment.put(
                "TUNEFLEET_CACHE_DIR", folder.resolve("cache").resolve(name).toString());
        return new Program(name, command, environment, log(name));
    }

    private Map<String, String> common(int httpPort) {
        URI blobs = folder.resolve("blobs").toUri();
        return new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers(),
                "QUARKUS_HTTP_PORT", Integer.toString(httpPort),
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "TUNEFLEET_BLOBS", blobs.toString()));
    }

    private List<String> java(List<String> options) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + layout.localJar());
        command.add("-Djava.io.tmpdir=" + temporary());
        command.add("-XX:-UsePerfData");
        command.addAll(options);
        return command;
    }

    private Path log(String name) {
        return folder.resolve("logs").resolve(name + ".log");
    }
}
