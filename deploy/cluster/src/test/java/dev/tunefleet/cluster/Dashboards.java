package dev.tunefleet.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The Grafana dashboards. */
final class Dashboards {

    static final List<String> NAMES = List.of("fleet", "study", "coordinator");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Dashboards() {}

    /** One query of a panel. */
    record Query(String dashboard, String panel, String expression) {

        /** As Grafana would send it for a short time and all studies. */
        String filledIn() {
            return Dashboards.filledIn(expression);
        }
    }

    /** {@code expression} as Grafana would send it for a short time and all studies. */
    static String filledIn(String expression) {
        return expression.replace("$__rate_interval", "1m").replace("$study", ".*");
    }

    static JsonNode read(String name) {
        try {
            return JSON.readTree(Repository.path("deploy/monitoring/dashboards/" + name + ".json")
                    .toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Stream<Query> queries() {
        return NAMES.stream()
                .flatMap(name -> read(name).path("panels").valueStream().flatMap(panel -> panel.path("targets")
                        .valueStream()
                        .map(target -> new Query(
                                name,
                                panel.path("title").asText(),
                                target.path("expr").asText()))));
    }
}
