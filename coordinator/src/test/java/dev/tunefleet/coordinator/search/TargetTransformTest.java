package dev.tunefleet.coordinator.search;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TargetTransformTest {

    @Test
    void theOrderOfWhatIsNotCutIsKept() {
        double[] values = new SplittableRandom(1)
                .doubles(60, 0, 1)
                .map(u -> Math.exp(6 * u))
                .sorted()
                .toArray();
        var transform = TargetTransform.fit(values);

        for (int i = 1; i < values.length; i++) {
            if (values[i] < transform.ceiling()) {
                assertThat(transform.apply(values[i])).isGreaterThan(transform.apply(values[i - 1]));
            }
        }
    }

    @Test
    void theResultHasMeanZeroAndDeviationOne() {
        double[] values = new SplittableRandom(2).doubles(50, -3, 40).toArray();
        var transform = TargetTransform.fit(values);

        double[] moved = Arrays.stream(values).map(transform::apply).toArray();

        double mean = Arrays.stream(moved).average().orElseThrow();
        assertThat(mean).isCloseTo(0, within(1e-9));
        assertThat(Arrays.stream(moved).map(each -> each * each).average().orElseThrow())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void equalValuesStayFinite() {
        var transform = TargetTransform.fit(new double[] {5, 5, 5});

        assertThat(transform.apply(5)).isEqualTo(0);
        assertThat(transform.apply(6)).isFinite();
    }

    @Test
    void oneTerribleValueLeavesTheOthersApart() {
        double[] values = {0.11, 0.12, 0.13, 0.14, 0.15, 0.16, 1e9};
        var transform = TargetTransform.fit(values);

        assertThat(transform.apply(0.16) - transform.apply(0.11)).isGreaterThan(0.5);
    }

    @Test
    void amongManyEqualValuesATerribleOneLeavesTheBetterOnesApart() {
        var transform = TargetTransform.fit(new double[] {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.4, 0.3, 0.2, 1e9});

        assertThat(transform.apply(0.5) - transform.apply(0.2)).isGreaterThan(0.5);
        assertThat(transform.apply(1e9)).isGreaterThan(transform.apply(0.5));
    }

    @Test
    void amongManyEqualValuesThatAreTheBestATerribleOneLeavesTheWorseOnesApart() {
        var transform = TargetTransform.fit(new double[] {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.6, 0.7, 0.8, 1e9});

        assertThat(transform.apply(0.8) - transform.apply(0.5)).isGreaterThan(0.5);
    }

    @Test
    void resultsOfALowerRungAreReadAsWhatTheyForetell() {
        var rows = new java.util.ArrayList<Row>();
        for (int trial = 0; trial < 12; trial++) {
            var configuration = new Configuration(java.util.Map.of("x", Value.of(trial)));
            double early = 1 + 0.1 * trial;
            rows.add(new Row(trial, 3, configuration, early));
            if (trial < 6) {
                rows.add(new Row(trial, 30, configuration, 0.2 * early));
            }
        }

        double[] aligned = Alignment.of(rows).apply(rows);

        for (int i = 0; i < rows.size(); i++) {
            double early = 1 + 0.1 * rows.get(i).trial();
            assertThat(aligned[i]).isCloseTo(0.2 * early, within(1e-9));
        }
        assertThat(Alignment.of(List.of(rows.getFirst())).apply(List.of(rows.getFirst())))
                .containsExactly(1);
    }
}
