package dev.tunefleet.local.simulation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a program costs: processor time as the system counts it, memory and figures as the coordinator tells them. */
public final class Costs {

    private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";

    private final URI metrics;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** The costs of the coordinator at {@code server}. */
    public Costs(URI server) {
        metrics = server.resolve("/q/metrics");
    }

    /** How many records the coordinator has decided since its start. */
    public double decisions() throws IOException, InterruptedException {
        return sum("tunefleet_decision_seconds_count");
    }

    /** How many attempts it has given up for silence. */
    public double attemptsLost() throws IOException, InterruptedException {
        return sum("tunefleet_attempts_lost_total");
    }

    /** The heap in bytes that is in use once {@code process}, the coordinator's, has thrown away what it does not need. */
    public double liveHeapBytes(ProcessHandle process) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process collection = new ProcessBuilder(List.of(jcmd.toString(), Long.toString(process.pid()), "GC.run"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        collection.waitFor(1, TimeUnit.MINUTES);
        return sum(HEAP);
    }

    /** The processor time that {@code process} has used. */
    public static Duration processorTime(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private double sum(String beginning) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(metrics).timeout(Duration.ofSeconds(30)).build();
        return http.send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
