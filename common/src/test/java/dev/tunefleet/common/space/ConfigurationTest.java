package dev.tunefleet.common.space;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigurationTest {

    private static final Map<String, Value> VALUES =
            Map.of("units", Value.of(64), "layers", Value.of(2), "dropout", Value.off(), "cell", Value.of("lstm"));

    @Test
    void theValuesComeInOrderOfTheNames() {
        var configuration = new Configuration(new HashMap<>(VALUES));

        assertThat(configuration.values().keySet()).containsExactly("cell", "dropout", "layers", "units");
        assertThat(configuration).hasToString("cell=lstm, dropout=off, layers=2, units=64");
    }

    @Test
    void thereIsOneZero() {
        assertThat(Value.of(-0.0)).isEqualTo(Value.of(0.0)).hasSameHashCodeAs(Value.of(0.0));
    }

    @Test
    void theValuesEqualAnyMapThatHoldsThem() {
        var configuration = new Configuration(VALUES);
        var other = new Configuration(new LinkedHashMap<>(VALUES));

        assertThat(configuration).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(configuration.values()).isEqualTo(VALUES).hasSameHashCodeAs(VALUES);
        assertThat(VALUES).isEqualTo(configuration.values());
        assertThat(configuration.with("units", Value.of(65))).isNotEqualTo(configuration);
        assertThat(configuration.values()).isNotEqualTo(Map.of("units", Value.of(64)));
    }

    @Test
    void valuesOfNamesInOrderMakeTheSameConfiguration() {
        var configuration = Configuration.ofSorted(
                List.of("cell", "dropout", "layers", "units"),
                List.of(Value.of("lstm"), Value.off(), Value.of(2), Value.of(64)));

        assertThat(configuration).isEqualTo(new Configuration(VALUES)).hasSameHashCodeAs(new Configuration(VALUES));
        assertThat(configuration.value("units")).isEqualTo(Value.of(64));
    }

    @Test
    void namesMustAscendAndBeAsManyAsTheValues() {
        assertThatThrownBy(() -> Configuration.ofSorted(List.of("b", "a"), List.of(Value.off(), Value.off())))
                .hasMessageContaining("must ascend");
        assertThatThrownBy(() -> Configuration.ofSorted(List.of("a", "a"), List.of(Value.off(), Value.off())))
                .hasMessageContaining("must ascend");
        assertThatThrownBy(() -> Configuration.ofSorted(List.of("a", "b"), List.of(Value.off())))
                .hasMessageContaining("as many");
    }

    @Test
    void eachValueIsFoundByItsNameAndNoOther() {
        Map<String, Value> values = new Configuration(VALUES).values();

        assertThat(values).containsExactlyInAnyOrderEntriesOf(VALUES).doesNotContainKeys("unit", "unitss", "");
        assertThat(values.get("unit")).isNull();
    }

    @Test
    void theValuesNeverChange() {
        var given = new TreeMap<>(VALUES);
        var configuration = new Configuration(given);

        given.put("units", Value.of(1));

        assertThat(configuration.values()).isEqualTo(VALUES);
        assertThatThrownBy(() -> configuration.values().put("units", Value.of(1)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> configuration.values().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() ->
                        configuration.values().entrySet().iterator().next().setValue(Value.of(1)))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
