package dev.tunefleet.worker.data;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.spec.Split;
import dev.tunefleet.common.trial.Scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class AccuracyTest {

    /** Two targets over eight rows, not scaled: 0, 1, 4, 9, … and 10, 8, 6, … */
    private static final ForecastData SQUARES = new ForecastData(
            new float[16],
            2,
            new float[] {0, 10, 1, 8, 4, 6, 9, 4, 16, 2, 25, 0, 36, -2, 49, -4},
            8,
            2,
            new Scaling(List.of("a", "b"), List.of(0.0, 0.0), List.of(1.0, 1.0)),
            new Scaling(List.of("a", "b"), List.of(0.0, 0.0), List.of(1.0, 1.0)),
            List.of(),
            new Timeline.Unknown(),
            new Split.Parts(4, 6, 8),
            new Origins(new int[] {2}, new int[] {4}, new int[] {5}, new int[] {6}),
            new Centred(0, List.of(0, 1)));

    @Test
    void errorsAreThoseComputedByHand() {
        float[] forecasts = {15, 2, 27, 1};

        Map<Metric, Double> errors =
                new Accuracy(SQUARES).scores(forecasts, new int[] {4}).errors();

        assertThat(errors.get(Metric.MSE)).isCloseTo((1 + 0 + 4 + 1) / 4.0, within(1e-12));
        assertThat(errors.get(Metric.RMSE)).isCloseTo(Math.sqrt(1.5), within(1e-12));
        assertThat(errors.get(Metric.MAE)).isCloseTo((1 + 0 + 2 + 1) / 4.0, within(1e-12));
        assertThat(errors.get(Metric.SMAPE)).isCloseTo((2 / 31.0 + 0 + 4 / 52.0 + 2) / 4, within(1e-12));
        // One-step naive on the four training rows: (1 + 3 + 5) / 3 = 3 for a, 2 for b.
        assertThat(errors.get(Metric.MASE)).isCloseTo((1.5 / 3 + 0.5 / 2) / 2, within(1e-12));
    }

    @Test
    void persistenceAndSeasonsRepeatWhatLiesBeforeTheOrigin() {
        int[] origin = {4};

        assertThat(new Naive(1).forecasts(SQUARES, origin)).containsExactly(9, 4, 9, 4);
        assertThat(new Naive(2).forecasts(SQUARES, origin)).containsExactly(4, 6, 9, 4);
        assertThat(new Naive(4).forecasts(SQUARES, origin)).containsExactly(0, 10, 1, 8);
    }

    @Test
    void aPerfectForecastHasNoError() {
        Scores scores = new Accuracy(SQUARES).scores(new float[] {16, 2, 25, 0}, new int[] {4});

        assertThat(scores.errors().values()).containsOnly(0.0).hasSize(5);
    }

    @Test
    void seasonsFollowTheTimeStep() {
        var start = java.time.LocalDateTime.of(2020, 1, 1, 0, 0);

        assertThat(Naive.of(new Timeline.EverySeconds(start, 86_400), 1000))
                .containsExactly(new Naive(1), new Naive(7), new Naive(364));
        assertThat(Naive.of(new Timeline.EverySeconds(start, 3_600), 1000))
                .containsExactly(new Naive(1), new Naive(24), new Naive(168));
        assertThat(Naive.of(new Timeline.EveryMonths(start, 1), 1000)).containsExactly(new Naive(1), new Naive(12));
        assertThat(Naive.of(new Timeline.EverySeconds(start, 86_400), 100)).containsExactly(new Naive(1), new Naive(7));
    }
}
