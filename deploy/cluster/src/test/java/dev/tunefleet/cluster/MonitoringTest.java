package dev.tunefleet.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class MonitoringTest {

    static final List<String> DASHBOARDS = Dashboards.NAMES;

    private static final Path FOLDER = Repository.path("deploy/monitoring");

    @Test
    void everyMetricThatIsDrawnOrAlarmedOnIsDeclaredByAProgram() throws IOException {
        Set<String> declared = MetricNames.declared();

        Stream<String> queries = Stream.concat(
                Dashboards.queries().map(Dashboards.Query::expression),
                alerts().stream().map(alert -> alert.path("expr").asText()));

        assertThat(queries.flatMap(query -> MetricNames.used(query).stream())
                        .map(MetricNames::stripped)
                        .collect(Collectors.toSet()))
                .isNotEmpty()
                .isSubsetOf(declared);
    }

    @Test
    void whatIsNotDeclaredWouldBeNoticed() {
        assertThat(MetricNames.declared())
                .contains("tunefleet_slots_wanted", "tunefleet_worker_epoch", "tunefleet_trials")
                .doesNotContain("tunefleet_nothing");
        assertThat(MetricNames.stripped("tunefleet_worker_epoch_seconds_bucket"))
                .isEqualTo("tunefleet_worker_epoch");
    }

    @ParameterizedTest
    @FieldSource("DASHBOARDS")
    void everyPanelSaysWhatItShows(String name) {
        JsonNode dashboard = Dashboards.read(name);
        var ids = new HashSet<Integer>();

        assertThat(dashboard.path("uid").asText()).isEqualTo("tunefleet-" + name);
        assertThat(dashboard.path("panels")).isNotEmpty().allSatisfy(panel -> {
            assertThat(ids.add(panel.path("id").asInt()))
                    .as("id of " + panel.path("title"))
                    .isTrue();
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).isNotBlank();
            assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty();
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
                    .isLessThanOrEqualTo(24);
        });
    }

    @Test
    void everyAlertHasASummaryADescriptionAndARunbook() throws IOException {
        var named = new HashSet<String>();
        for (JsonNode alert : alerts()) {
            assertThat(alert.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).isNotBlank();
            String runbook = alert.at("/annotations/runbook").asText();
            assertThat(FOLDER.resolve(runbook)).isRegularFile();
            named.add(Path.of(runbook).getFileName().toString());
        }
        try (Stream<Path> pages = Files.list(FOLDER.resolve("runbooks"))) {
            assertThat(pages.map(page -> page.getFileName().toString())).containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @Test
    void everyAlertIsTestedWithWhatItSays() throws IOException {
        String tests = Files.readString(FOLDER.resolve("tests/alerts.yaml"));

        assertThat(alerts()).allSatisfy(alert -> assertThat(tests)
                .contains("runbook: " + alert.at("/annotations/runbook").asText()));
    }

    @Test
    void promtoolAcceptsTheRulesAndTheirTests() throws IOException, InterruptedException {
        assumeTrue(Repository.has("promtool"), "promtool (Debian: prometheus) is not on the PATH.");
        Path work = Repository.work("monitoring");
        Files.writeString(work.resolve("rules.yaml"), rules());
        Files.copy(
                FOLDER.resolve("tests/alerts.yaml"),
                work.resolve("alerts.yaml"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        Repository.Output check = Repository.run(work, List.of("promtool", "check", "rules", "rules.yaml"));
        Repository.Output test = Repository.run(work, List.of("promtool", "test", "rules", "alerts.yaml"));

        assertThat(check.exitCode()).as(check.text()).isZero();
        assertThat(test.exitCode()).as(test.text()).isZero();
    }

    @Test
    void theDashboardsAreInstalledWithTheRest() {
        JsonNode installed = Rendered.overlay("production").get("ConfigMap", "tunefleet-dashboards");

        assertThat(installed.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
        Dashboards.NAMES.forEach(name ->
                assertThat(installed.path("data").has(name + ".json")).as(name).isTrue());
    }

    private static List<JsonNode> alerts() throws IOException {
        return new YAMLMapper()
                .readTree(FOLDER.resolve("rules.yaml").toFile())
                .at("/spec/groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }

    /** The rules as Prometheus itself reads them: the spec of the operator's object. */
    static String rules() throws IOException {
        var yaml = new YAMLMapper();
        return yaml.writeValueAsString(
                yaml.readTree(FOLDER.resolve("rules.yaml").toFile()).path("spec"));
    }
}
