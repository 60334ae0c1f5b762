package dev.tunefleet.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Manifests and dashboards as literals of the published TypeScript types of Kubernetes, KEDA, the Prometheus Operator and Grafana: the
 * compiler finds unknown fields, wrong types and required fields that are missing.
 */
class SchemasIT {

    /** Checked against Strimzi's own Java types. */
    private static final Set<String> WITHOUT_TYPESCRIPT = Set.of("kafka.strimzi.io");

    /** Enumerations of Grafana's types are written as plain texts in JSON. */
    private static final String PLAIN =
            "type Plain<T> = T extends string ? `${T}` : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;\n";

    private static Path work;

    @BeforeAll
    static void installTypes() throws IOException, InterruptedException {
        assumeTrue(Repository.has("npm") && Repository.has("npx"), "npm is not on the PATH.");
        work = Repository.work("schemas");
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.copy(
                    Repository.path("deploy/cluster/src/test/schemas/" + file),
                    work.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Repository.Output output =
                Repository.run(work, List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
        assertThat(output.exitCode()).as(output.text()).isZero();
    }

    @Test
    void everyObjectAndEveryDashboardIsOfItsPublishedType() throws IOException, InterruptedException {
        List<String> literals = Stream.concat(
                        Rendered.OVERLAYS.stream()
                                .flatMap(overlay -> Rendered.overlay(overlay).objects().stream())
                                .filter(object -> !WITHOUT_TYPESCRIPT.contains(groupOf(object)))
                                .map(SchemasIT::literal),
                        Dashboards.NAMES.stream()
                                .map(name -> "const dashboard: Plain<import(\"@grafana/schema\").Dashboard> = "
                                        + Dashboards.read(name)))
                .toList();

        Repository.Output output = compile("all.ts", literals);

        assertThat(output.exitCode()).as(output.text()).isZero();
    }

    @Test
    void aMisspeltFieldAndAMissingOneAreNoticed() throws IOException, InterruptedException {
        String scaled = literal(Rendered.overlay("local").get("ScaledObject", "tunefleet-worker"));
        String service = literal(Rendered.overlay("local").get("Service", "tunefleet-coordinator"));

        Repository.Output output = compile(
                "wrong.ts",
                List.of(
                        scaled.replace("\"maxReplicaCount\"", "\"maxReplicas\""),
                        service.replace("\"port\":8080,", "")));

        assertThat(output.exitCode()).isNotZero();
        assertThat(output.text()).contains("maxReplicas").contains("\"port\"' is missing");
    }

    /** One block each, so that names do not meet. */
    private static Repository.Output compile(String file, List<String> literals)
            throws IOException, InterruptedException {
        var source = new StringBuilder(PLAIN);
        literals.forEach(literal -> source.append("{ ").append(literal).append("; }\n"));
        Files.writeString(work.resolve(file), source.append("export {};\n"));
        return Repository.run(
                work,
                List.of(
                        "npx",
                        "tsc",
                        "--noEmit",
                        "--strict",
                        "--skipLibCheck",
                        "--module",
                        "nodenext",
                        "--target",
                        "es2022",
                        file));
    }

    private static String literal(JsonNode object) {
        String group = groupOf(object);
        String types =
                switch (group) {
                    case "keda.sh" -> "@kubernetes-models/keda/";
                    case "monitoring.coreos.com" -> "@kubernetes-models/prometheus-operator/";
                    default -> "kubernetes-models/";
                };
        String apiVersion = object.path("apiVersion").asText();
        return "const object: import(\"" + types + apiVersion + "\").I"
                + object.path("kind").asText() + " = " + object;
    }

    private static String groupOf(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }
}
