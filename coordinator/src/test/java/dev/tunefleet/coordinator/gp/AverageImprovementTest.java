package dev.tunefleet.coordinator.gp;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class AverageImprovementTest {

    @ParameterizedTest
    @ValueSource(doubles = {-1e9, -300, -25.001, -24.999, -8, -3, -1, -1e-9, 0, 1e-9, 0.7, 4, 30, 1e9})
    void theAverageOfEqualsIsOneOfThem(double z) {
        double expected = LogExpectedImprovement.logH(z);

        double average = new AverageImprovement(7).log(new double[] {z, z, z, z, z, z, z}, 7);

        assertThat(average).isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-400, -60, -26, -24, -5, 0, 10})
    void theAverageIsThatOfTheLogarithmsTakenOneByOne(double centre) {
        double[] z = around(centre, 50);
        double[] logs =
                Arrays.stream(z).map(LogExpectedImprovement::logH).limit(50).toArray();
        double most = Arrays.stream(logs).max().orElseThrow();
        double expected = most
                + Math.log(Arrays.stream(logs)
                        .map(each -> Math.exp(each - most))
                        .average()
                        .orElseThrow());

        double average = new AverageImprovement(64).log(z, 50);

        assertThat(average).isCloseTo(expected, within(1e-11 * Math.max(1, Math.abs(expected))));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-400, -60, -30, -20, -5, 0, 10})
    void theSlopesAreTheDerivatives(double centre) {
        double[] z = around(centre, 5);
        double[] slopes = new double[5];
        var average = new AverageImprovement(5);
        average.log(z, 5);
        average.slopes(z, 5, slopes);

        for (int s = 0; s < 5; s++) {
            double step = 1e-6 * Math.max(1, Math.abs(z[s]));
            double[] above = z.clone();
            double[] below = z.clone();
            above[s] += step;
            below[s] -= step;
            double difference = (average.log(above, 5) - average.log(below, 5)) / (2 * step);
            assertThat(slopes[s]).isCloseTo(difference, within(1e-5 * Math.max(1, Math.abs(difference))));
        }
    }

    @Test
    void withoutAnIncumbentEverythingIsPromised() {
        double[] slopes = new double[2];
        double[] z = {Double.POSITIVE_INFINITY, 1};
        var average = new AverageImprovement(2);

        assertThat(average.log(z, 2)).isEqualTo(Double.POSITIVE_INFINITY);
        average.slopes(z, 2, slopes);
        assertThat(slopes).containsOnly(0);
    }

    @Test
    void whatIsBeyondAllNumbersPromisesNothing() {
        double[] slopes = new double[3];
        double[] z = {-1e155, -1e200, Double.NEGATIVE_INFINITY};
        var average = new AverageImprovement(3);

        assertThat(average.log(z, 3)).isEqualTo(Double.NEGATIVE_INFINITY);
        average.slopes(z, 3, slopes);
        assertThat(slopes).containsOnly(0);
    }

    /** Numbers within about 3 of a centre. */
    private static double[] around(double centre, int count) {
        var random = new SplittableRandom(3);
        return random.doubles(count, centre - 3, centre + 3).toArray();
    }
}
