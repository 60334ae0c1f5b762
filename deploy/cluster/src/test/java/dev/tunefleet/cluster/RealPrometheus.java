package dev.tunefleet.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tunefleet.local.broker.FreePorts;

import static org.awaitility.Awaitility.await;

/** A Prometheus of this machine that scrapes a fleet each second and has our rules. */
final class RealPrometheus implements AutoCloseable {

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private RealPrometheus(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static RealPrometheus start(Path folder, RealFleet fleet) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("rules.yaml"), MonitoringTest.rules());
        Files.writeString(
                folder.resolve("prometheus.yaml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [rules.yaml]
                scrape_configs:
                  - job_name: tunefleet-coordinator
                    metrics_path: /q/metrics
                    static_configs: [{targets: ['%s']}]
                  - job_name: tunefleet/tunefleet-worker
                    metrics_path: /q/metrics
                    static_configs: [{targets: ['%s']}]
                """.formatted(fleet.coordinatorAddress(), fleet.workerAddress()));
        int port = FreePorts.next();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yaml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        var prometheus = new RealPrometheus(process, port);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> prometheus.query("up").isArray());
        return prometheus;
    }

    /** The result of {@code expression} now: an array of series with their values. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return get("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .at("/data/result");
    }

    /** The series of {@code expression} in each second from {@code from} to {@code to}, both Unix times. */
    JsonNode range(String expression, long from, long to) throws IOException, InterruptedException {
        return get("query_range?step=1&start=" + from + "&end=" + to + "&query="
                        + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .at("/data/result");
    }

    /** The rules with their health and whether they fire. */
    JsonNode rules() throws IOException, InterruptedException {
        return get("rules").at("/data/groups/0/rules");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        http.close();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
                .build();
        return new ObjectMapper()
                .readTree(http.send(request, BodyHandlers.ofString()).body());
    }
}
