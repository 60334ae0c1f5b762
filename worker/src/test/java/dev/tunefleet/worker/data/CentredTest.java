package dev.tunefleet.worker.data;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Calendar;
import dev.tunefleet.common.spec.Centring;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.MissingValues;
import dev.tunefleet.common.spec.Stride;
import dev.tunefleet.common.spec.StudySpec;

import static dev.tunefleet.common.spec.Specs.aStudySpec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CentredTest {

    private static final int ROWS = 2_000;

    @Test
    void aLevelThatWandersIsCentredByItself() {
        float[] walk = new float[ROWS];
        for (int row = 1; row < ROWS; row++) {
            walk[row] = walk[row - 1] + (row / 100 % 2 == 0 ? 1 : -0.5f);
        }

        assertThat(prepared(walk, Centring.AUTO).centring().columns()).isEqualTo(1);
        assertThat(prepared(walk, Centring.NONE).centring().columns()).isZero();
    }

    @Test
    void aLevelThatStaysIsLeftAsItIs() {
        // The period is far longer than a window, so that the mean of a window says less than that of all.
        float[] steady = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            steady[row] = row * 2_654_435_761L % 1_000 / 1_000f;
        }

        assertThat(prepared(steady, Centring.AUTO).centring().columns()).isZero();
        assertThat(prepared(steady, Centring.WINDOW).centring().columns()).isEqualTo(1);
    }

    @Test
    void answersAreShiftedByTheMeanOfTheirWindowAndBack() {
        float[] squares = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            squares[row] = row * row / 1e4f;
        }
        ForecastData data = prepared(squares, Centring.WINDOW);
        int[] origins = {300, 301};
        float[] answers = data.answers(origins);

        float[] shifted = answers.clone();
        data.shift(shifted, 20, origins, -1);

        assertThat(shifted[1]).isCloseTo(answers[1] - data.mean(300, 20, 0), within(1e-6f));
        assertThat(shifted[3]).isCloseTo(answers[3] - data.mean(301, 20, 0), within(1e-6f));
        data.shift(shifted, 20, origins, 1);
        for (int i = 0; i < answers.length; i++) {
            assertThat(shifted[i]).isCloseTo(answers[i], within(1e-5f));
        }
    }

    private static ForecastData prepared(float[] values, Centring centring) {
        var series =
                new Series("x.csv", List.of("y"), new float[][] {values}, values.length, new Timeline.Unknown(), 0);
        StudySpec study = aStudySpec()
                .withData(new DataSource(
                        "x.csv",
                        Optional.empty(),
                        List.of("y"),
                        List.of(),
                        2,
                        new Calendar.Automatic(),
                        MissingValues.REFUSE,
                        new Stride.Automatic(),
                        centring));
        return ForecastData.of(series, study);
    }
}
