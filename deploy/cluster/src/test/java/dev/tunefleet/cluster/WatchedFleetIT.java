package dev.tunefleet.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.tunefleet.common.studyfile.StudyFile;
import dev.tunefleet.local.broker.EmbeddedBroker;
import dev.tunefleet.local.client.Coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A real study on a real fleet whose blobs lie in an S3 server, watched by a real Prometheus. Pictures of the dashboards are left in target/dashboards. */
class WatchedFleetIT {

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (tunefleet_[a-z_]+) (\\w+)$");

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static RealFleet fleet;
    private static RealPrometheus prometheus;
    private static long began;

    @BeforeAll
    static void runAStudy() throws Exception {
        assumeTrue(Repository.has("prometheus"), "prometheus (Debian: prometheus) is not on the PATH.");
        broker = EmbeddedBroker.start(folder.resolve("broker"));
        fleet = RealFleet.start(folder, RealFleet.Kafka.plain(broker.bootstrapServers()));
        prometheus = RealPrometheus.start(folder.resolve("prometheus"), fleet);
        began = Instant.now().getEpochSecond();
        Path demo = Repository.path("deploy/local/demo");
        String text = Files.readString(demo.resolve("births.yaml"))
                .replaceFirst("(?m)^budget:.*$", "budget: {trials: 60, time: 10m, epochs: 8}");
        var spec = StudyFile.parse("births.yaml", text);
        Coordinator client = fleet.client();
        String data = client.uploadDataset(demo.resolve("births.csv"));
        client.create(spec.withData(spec.data().withUri(data)));
        // Until an execution has ended, so that every kind of number has been seen, and once more for a rate.
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> first(prometheus.query("sum(tunefleet_worker_execution_seconds_count)")) >= 3
                        && first(prometheus.query("sum(tunefleet_fit_seconds_count)")) >= 1);
    }

    @AfterAll
    static void stop() throws Exception {
        if (prometheus != null) {
            var picture = new DashboardPicture(prometheus, began, Instant.now().getEpochSecond());
            for (String name : Dashboards.NAMES) {
                picture.write(name, Repository.work("dashboards"));
            }
            prometheus.close();
        }
        if (fleet != null) {
            fleet.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    static Stream<Dashboards.Query> queries() {
        return Dashboards.queries();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void everyQueryOfEveryPanelReturnsData(Dashboards.Query query) throws Exception {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode result = prometheus.query(query.filledIn());

            assertThat(result).as(query.toString()).isNotEmpty();
            assertThat(result).allSatisfy(series -> assertThat(
                            Double.parseDouble(series.at("/value/1").asText()))
                    .as(query + " " + series)
                    .isNotNaN());
        });
    }

    @Test
    void everyRuleIsEvaluatedAndNoneFires() throws Exception {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(prometheus.rules()).isNotEmpty().allSatisfy(rule -> {
                    assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok");
                    assertThat(rule.path("state").asText()).as(rule.toString()).isNotEqualTo("firing");
                }));
    }

    @Test
    void everyMetricNameInAQueryIsExportedWithTheKindThatItsUseNeeds() throws Exception {
        var kinds = new TreeMap<String, String>();
        for (String address : List.of(fleet.coordinatorAddress(), fleet.workerAddress())) {
            TYPE.matcher(RealFleet.metrics(address))
                    .results()
                    .forEach(match -> kinds.put(match.group(1), match.group(2)));
        }

        Dashboards.queries()
                .flatMap(query -> MetricNames.used(query.expression()).stream())
                .filter(name -> !name.startsWith("tunefleet_dead_letters"))
                .forEach(name -> assertThat(kindOf(name, kinds)).as(name).isEqualTo(kindNeeded(name)));
    }

    @Test
    void noLabelNamesATrial() throws Exception {
        String all = RealFleet.metrics(fleet.coordinatorAddress()) + RealFleet.metrics(fleet.workerAddress());

        assertThat(all.lines().filter(line -> line.startsWith("tunefleet_")))
                .noneMatch(line -> line.contains("trial=\""));
    }

    private static String kindNeeded(String name) {
        if (name.endsWith("_bucket") || name.endsWith("_count") || name.endsWith("_sum")) {
            return "histogram";
        }
        return name.endsWith("_total") ? "counter" : "gauge";
    }

    private static String kindOf(String name, Map<String, String> kinds) {
        return kinds.getOrDefault(
                name, kinds.getOrDefault(name.replaceFirst("_(total|bucket|count|sum)$", ""), "nothing"));
    }

    private static double first(JsonNode result) {
        return result.isEmpty() ? 0 : Double.parseDouble(result.at("/0/value/1").asText());
    }
}
