package dev.tunefleet.worker.data;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.trial.Baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The naive forecasters against figures that were computed elsewhere, see the README of each data set. */
class RealDataTest {

    @Test
    void naiveForecastsOfDailyBirthsHaveTheirKnownErrors() {
        ForecastData data = RealData.births();

        var baselines = Naive.baselines(data, data.origins().test());

        assertThat(data.origins().test()).hasSize(724);
        assertThat(baselines)
                .extracting(Baseline::name)
                .containsExactly("persistence", "seasonal naive (7)", "seasonal naive (364)");
        assertThat(mse(baselines.get(0))).isCloseTo(1.6485, within(5e-5));
        assertThat(mse(baselines.get(1))).isCloseTo(0.1585, within(5e-5));
        assertThat(mse(baselines.get(2))).isCloseTo(0.0921, within(5e-5));
    }

    @Test
    void naiveForecastsOfTransformersHaveTheirKnownErrors() {
        ForecastData data = RealData.transformers();

        var baselines = Naive.baselines(data, data.origins().test());

        assertThat(data.origins().test()).hasSize(2857);
        assertThat(mse(baselines.get(0))).isCloseTo(1.222, within(5e-4));
        assertThat(mse(baselines.get(1))).isCloseTo(0.4244, within(5e-5));
    }

    private static double mse(Baseline baseline) {
        return baseline.scores().errors().get(Metric.MSE);
    }
}
