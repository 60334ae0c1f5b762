package dev.tunefleet.coordinator.api;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.wire.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BodiesTest {

    @ParameterizedTest
    @ValueSource(strings = {"name", "task", "data", "split", "metric", "budget", "training", "space", "search"})
    void aStudyThatLacksAFieldIsRefusedWithTheFieldAndNoWordOfThePrograms(String field) {
        ObjectNode study = Json.MAPPER.valueToTree(Specs.aStudySpec());

        study.remove(field);

        assertThatThrownBy(() -> Bodies.study(bytes(study)))
                .isInstanceOf(ProblemException.class)
                .hasMessage("The study, in " + field + ", must have all its fields.");
    }

    @Test
    void aStudyThatLacksWhatMayBeAbsentIsReadAsIfItWereGiven() {
        ObjectNode study = Json.MAPPER.valueToTree(Specs.aStudySpec());

        study.remove("expenses");

        assertThat(Bodies.study(bytes(study))).isEqualTo(Specs.aStudySpec());
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
