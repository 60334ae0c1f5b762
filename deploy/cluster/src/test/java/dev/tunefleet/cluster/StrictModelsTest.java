package dev.tunefleet.cluster;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StrictModelsTest {

    static final List<String> OVERLAYS = Rendered.OVERLAYS;

    /** KEDA's own types are checked against its schema, with the required fields of all others. */
    private static final Set<String> CHECKED_BY_SCHEMA =
            Set.of("keda.sh/v1alpha1/ScaledObject", "keda.sh/v1alpha1/TriggerAuthentication");

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everyObjectHasOnlyFieldsThatItsTypeHas(String overlay) throws JsonProcessingException {
        for (JsonNode object : Rendered.overlay(overlay).objects()) {
            if (Models.knows(object)) {
                assertThat(Models.read(object)).as(object.toString()).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everyTypeIsChecked(String overlay) {
        var unchecked = new TreeSet<String>();
        Rendered.overlay(overlay).objects().stream()
                .filter(object -> !Models.knows(object))
                .map(Models::typeOf)
                .forEach(unchecked::add);

        assertThat(CHECKED_BY_SCHEMA).containsAll(unchecked);
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void aMisspeltFieldIsNoticedWhereverItStands(String overlay) {
        for (JsonNode object : Rendered.overlay(overlay).objects()) {
            if (Models.knows(object) && object.has("spec")) {
                ObjectNode misspelt = object.deepCopy();
                misspelt.withObject("/spec").put("misspelt", true);

                assertThatThrownBy(() -> Models.read(misspelt))
                        .as(Models.typeOf(object))
                        .isInstanceOf(JsonProcessingException.class)
                        .hasMessageContaining("misspelt");
            }
        }
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void aMisspeltFieldOfAContainerIsNoticed(String overlay) {
        Rendered.overlay(overlay).workloads().forEach(workload -> {
            ObjectNode misspelt = workload.deepCopy();
            misspelt.withObject("/spec/template/spec/containers/0").put("readynessProbe", true);

            assertThatThrownBy(() -> Models.read(misspelt)).hasMessageContaining("readynessProbe");
        });
    }
}
