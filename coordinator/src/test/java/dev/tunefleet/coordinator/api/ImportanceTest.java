package dev.tunefleet.coordinator.api;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.wire.Json;
import dev.tunefleet.coordinator.api.ImportanceResource.Importance;
import dev.tunefleet.coordinator.search.Insight;

import static org.assertj.core.api.Assertions.assertThat;

class ImportanceTest {

    private static final List<Insight.Importance> SHARES = List.of(new Insight.Importance("units", 0.5, 0.75));

    @Test
    void whatIsNotKnownYetIsAbsent() {
        var young = new Insight(9, 2, SHARES, Double.NaN, Double.NaN, Map.of());
        var grown = new Insight(9, 3, SHARES, 0.5, 0.875, Map.of());

        JsonNode unknown = Json.MAPPER.valueToTree(Importance.of(young));
        JsonNode known = Json.MAPPER.valueToTree(Importance.of(grown));

        assertThat(unknown.path("judged").asInt()).isEqualTo(2);
        assertThat(unknown.path("parameters")).hasSize(1);
        assertThat(unknown.has("agreement")).isFalse();
        assertThat(unknown.has("coverage")).isFalse();
        assertThat(known.path("agreement").asDouble()).isEqualTo(0.5);
        assertThat(known.path("coverage").asDouble()).isEqualTo(0.875);
    }
}
