package dev.tunefleet.coordinator.search;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;

import static org.assertj.core.api.Assertions.assertThat;

class UnitCubeTest {

    @ParameterizedTest
    @CsvSource({"1, 4, 1, LOG", "1, 8, 1, LOG", "1, 111, 10, LOG", "0, 11, 1, LINEAR", "-3, 9, 4, LINEAR"})
    void aStepFromAnyOfAFewNumbersLeadsToEachOther(long low, long high, long step, Scale scale) {
        var whole = new Whole("x", low, high, step, scale);

        for (long from = low; from <= whole.high(); from += step) {
            long own = from;
            assertThat(numbers(whole, from))
                    .containsExactly(LongStream.iterate(low, each -> each <= whole.high(), each -> each + step)
                            .filter(each -> each != own)
                            .toArray());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 13, LOG", "2, 1000, LOG", "50, 200, LINEAR"})
    void stepsLeadFromAnyOfManyNumbersToTheEdges(long low, long high, Scale scale) {
        var whole = new Whole("x", low, high, 1, scale);
        var reached = new TreeSet<Long>();
        var open = new ArrayDeque<>(List.of((low + high) / 2));

        while (!open.isEmpty()) {
            long from = open.remove();
            if (reached.add(from)) {
                Arrays.stream(numbers(whole, from)).forEach(open::add);
            }
        }

        assertThat(reached).hasSize((int) whole.count()).contains(low, high);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1e-2})
    void aSwitchedParameterCanBeSteppedOffAndOnAgain(double high) {
        var switched = new Switched(new Real("l2", 1e-3, high, Scale.LOG));

        double[] fromOff = alternatives(switched, Value.off());
        double[] fromOn = alternatives(switched, Value.of(1e-3));

        assertThat(fromOff).isNotEmpty().doesNotContain(UnitCube.OFF);
        assertThat(fromOn).containsExactly(UnitCube.OFF);
    }

    @Test
    void aClosedParameterCannotBeSteppedAnywhere() {
        var switched = new Switched(new Real("l2", 1e-3, 1e-3, Scale.LINEAR));
        var cube = new UnitCube(new SearchSpace(List.of(switched)), Set.of("l2"));

        assertThat(cube.alternatives(0, UnitCube.OFF)).isEmpty();
    }

    private static double[] alternatives(Parameter parameter, Value from) {
        var cube = new UnitCube(new SearchSpace(List.of(parameter)), Set.of());
        return cube.alternatives(0, cube.encode(parameter, from));
    }

    private static long[] numbers(Whole whole, long from) {
        var cube = new UnitCube(new SearchSpace(List.of(whole)), Set.of());
        return Arrays.stream(alternatives(whole, Value.of(from)))
                .mapToLong(at -> cube.decode(new double[] {at}).whole("x"))
                .toArray();
    }
}
