package dev.tunefleet.common.memory;

import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Training;
import dev.tunefleet.common.trial.DataShape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MemoryEstimateTest {

    private static final DataShape BIRTHS = new DataShape(9, 7, 3_500, 400_000);
    private static final Configuration START = Guide.start(Guide.SPACE);

    @ParameterizedTest
    @CsvSource({"units,200", "layers,3", "sequenceLength,100"})
    void aLargerNetworkOrALongerWindowNeedsMore(String parameter, long value) {
        long before = MemoryEstimate.of(START, Training.DEFAULT, BIRTHS).total();

        long after = MemoryEstimate.of(START.with(parameter, Value.of(value)), Training.DEFAULT, BIRTHS)
                .total();

        assertThat(after).isGreaterThan(before);
    }

    @ParameterizedTest
    @CsvSource({"batchSize,512", "learningRate,0.01", "dropout,0.5"})
    void whatDoesNotChangeTheNetworkCostsNoMemory(String parameter, double value) {
        long before = MemoryEstimate.of(START, Training.DEFAULT, BIRTHS).total();

        long after = MemoryEstimate.of(START.with(parameter, Value.of(value)), Training.DEFAULT, BIRTHS)
                .total();

        assertThat(after).isEqualTo(before);
    }

    @Test
    void whatGradientsDoNotGoBackThroughCostsNoMemory() {
        var truncated = new Training(5, 1, OptionalInt.of(10), Optional.empty());
        Configuration longWindow = START.with(Guide.SEQUENCE_LENGTH, Value.of(100));
        Configuration shortWindow = START.with(Guide.SEQUENCE_LENGTH, Value.of(10));

        long estimate = MemoryEstimate.of(longWindow, truncated, BIRTHS).total();

        assertThat(estimate)
                .isEqualTo(
                        MemoryEstimate.of(shortWindow, Training.DEFAULT, BIRTHS).total());
    }

    @Test
    void theParametersOfOneLayerAreCountedByHand() {
        var arena = new Arena(2, 3, 1, 1, 1, 5);

        assertThat(arena.parameters()).isEqualTo(4 * 3 * (2 + 3 + 1) + 3 + 1);
    }

    @Test
    void anArenaOfNothingIsRefused() {
        assertThatThrownBy(() -> new Arena(0, 3, 1, 1, 1, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
    }
}
