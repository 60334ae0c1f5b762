package dev.tunefleet.coordinator.gp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LogExpectedImprovementTest {

    /** From mpmath 1.3 with 40 digits: log(φ(z) + z Φ(z)), beyond t = 8 by the continued fraction of the Mills ratio. */
    @ParameterizedTest
    @CsvSource({
        "3, 1.0987396653277077727",
        "0.5, -0.35982768374506381859",
        "0, -0.91893853320467274178",
        "-0.5, -1.6205162643873199193",
        "-1, -2.4851210257126413368",
        "-5, -16.744301162660990143",
        "-10, -55.553122036122355927",
        "-38, -730.19618340211373916",
        "-100, -5010.1295788002497923",
        "-1e5, -5000000023.9447894634",
        "-1e10, -50000000000000000047.0"
    })
    void agreesWithHighPrecisionIntoTheFarTails(double z, double expected) {
        assertThat(LogExpectedImprovement.logH(z)).isCloseTo(expected, within(1e-13 * Math.max(1, Math.abs(expected))));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-300, -40, -7, -3, -1, -0.1, 0, 0.1, 1, 4, 9})
    void theSlopeIsTheDerivative(double z) {
        double step = 1e-5 * Math.max(1, Math.abs(z));

        double difference =
                (LogExpectedImprovement.logH(z + step) - LogExpectedImprovement.logH(z - step)) / (2 * step);

        assertThat(LogExpectedImprovement.slope(z, LogExpectedImprovement.logH(z)))
                .isCloseTo(difference, within(1e-7 * Math.max(1, Math.abs(difference))));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-50, -7, -1, 0, 1, 5})
    void theSlopeOfLogProbabilityIsItsDerivative(double z) {
        double step = 1e-5;

        double difference =
                (LogExpectedImprovement.logCdf(z + step) - LogExpectedImprovement.logCdf(z - step)) / (2 * step);

        assertThat(LogExpectedImprovement.logCdfSlope(z))
                .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
    }

    @Test
    void moreIsExpectedOfALowerMeanAndOfALargerDeviation() {
        double here = LogExpectedImprovement.of(0.5, 0.1, 0);

        assertThat(LogExpectedImprovement.of(0.4, 0.1, 0)).isGreaterThan(here);
        assertThat(LogExpectedImprovement.of(0.5, 0.2, 0)).isGreaterThan(here);
    }

    @Test
    void withoutDeviationImprovementIsCertainOrImpossible() {
        assertThat(LogExpectedImprovement.of(1, 0, 3)).isEqualTo(Math.log(2));
        assertThat(LogExpectedImprovement.of(3, 0, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 0.001, 0.2, 0.5, 0.9, 0.999999})
    void theQuantileInvertsTheProbability(double p) {
        double quantile = Normal.quantile(p);

        assertThat(Math.exp(LogExpectedImprovement.logCdf(quantile))).isCloseTo(p, within(1e-12));
    }
}
