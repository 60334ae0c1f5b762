package dev.tunefleet.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What an overlay renders to: its objects, as trees. */
record Rendered(String overlay, List<JsonNode> objects) {

    /** The overlays there are. */
    static final List<String> OVERLAYS = List.of("local", "production", "production-own-kafka");

    private static final Map<String, Rendered> KNOWN = new ConcurrentHashMap<>();
    private static final YAMLMapper YAML = new YAMLMapper();

    Rendered {
        objects = List.copyOf(objects);
    }

    /** Renders {@code overlays/NAME}; the test is skipped where there is neither kubectl nor kustomize. */
    static Rendered overlay(String name) {
        assumeTrue(
                Repository.has("kubectl") || Repository.has("kustomize"),
                "Rendering needs kubectl or kustomize on the PATH, and there is neither.");
        return KNOWN.computeIfAbsent(name, Rendered::render);
    }

    private static Rendered render(String name) {
        List<String> command = Repository.has("kubectl")
                ? List.of("kubectl", "kustomize", "overlays/" + name)
                : List.of("kustomize", "build", "overlays/" + name);
        try {
            Repository.Output output = Repository.run(Repository.path("deploy/kubernetes"), command);
            assertThat(output.exitCode()).as(output.text()).isZero();
            return new Rendered(name, parse(output.text()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** The documents of a YAML text. */
    static List<JsonNode> parse(String text) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            return new ArrayList<>(documents.readAll());
        }
    }

    Stream<JsonNode> of(String kind) {
        return objects.stream().filter(object -> kind.equals(object.path("kind").asText()));
    }

    Optional<JsonNode> find(String kind, String name) {
        return of(kind).filter(object -> name.equals(nameOf(object))).findFirst();
    }

    JsonNode get(String kind, String name) {
        return find(kind, name)
                .orElseThrow(() -> new AssertionError("Overlay " + overlay + " must have " + kind + " " + name + "."));
    }

    /** Deployments and StatefulSets. */
    Stream<JsonNode> workloads() {
        return Stream.concat(of("Deployment"), of("StatefulSet"));
    }

    /** The two programs of ours. */
    Stream<JsonNode> programs() {
        return Stream.of(get("Deployment", "tunefleet-coordinator"), get("Deployment", "tunefleet-worker"));
    }

    static String nameOf(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static JsonNode podOf(JsonNode workload) {
        return workload.at("/spec/template/spec");
    }

    static JsonNode containerOf(JsonNode workload) {
        return podOf(workload).at("/containers/0");
    }

    static Stream<JsonNode> each(JsonNode array) {
        return array.valueStream();
    }
}
