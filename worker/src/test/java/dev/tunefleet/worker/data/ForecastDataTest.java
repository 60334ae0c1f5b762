package dev.tunefleet.worker.data;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Calendar;
import dev.tunefleet.common.spec.CalendarFeature;
import dev.tunefleet.common.spec.Centring;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.MissingValues;
import dev.tunefleet.common.spec.Stride;
import dev.tunefleet.common.spec.StudySpec;

import static dev.tunefleet.common.spec.Specs.aStudySpec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ForecastDataTest {

    private static final int ROWS = 1000;

    @Test
    void scalingSeesTrainingRowsOnly() {
        Series series = Data.counting(ROWS);
        Series changed = Data.counting(ROWS);
        Arrays.fill(changed.column("y"), 700, ROWS, 1e6f);

        ForecastData data = ForecastData.of(series, study(new Calendar.Features(List.of())));
        ForecastData other = ForecastData.of(changed, study(new Calendar.Features(List.of())));

        assertThat(data.parts().trainEnd()).isEqualTo(700);
        assertThat(other.inputScaling()).isEqualTo(data.inputScaling());
        assertThat(data.inputScaling().means().getFirst()).isCloseTo(349.5, within(1e-9));
        assertThat(data.inputScaling().deviations().getFirst())
                .isCloseTo(Math.sqrt((700.0 * 700 - 1) / 12), within(1e-9));
    }

    @Test
    void aChangedFutureNeverChangesAPastWindow() {
        int origin = 800;
        Series changed = daily(ROWS);
        Arrays.fill(changed.column("y"), origin, ROWS, -5f);

        ForecastData data = ForecastData.of(daily(ROWS), study(new Calendar.Automatic()));
        ForecastData other = ForecastData.of(changed, study(new Calendar.Automatic()));

        int before = origin * data.features();
        assertThat(Arrays.copyOf(other.inputs(), before)).containsExactly(Arrays.copyOf(data.inputs(), before));
        assertThat(other.inputs()[before]).isNotEqualTo(data.inputs()[before]);
    }

    @Test
    void rowsTellTheCalendarOneRowAndOneHorizonLater() {
        ForecastData data = ForecastData.of(
                daily(ROWS),
                study(new Calendar.Features(List.of(
                        CalendarFeature.DAY_OF_WEEK, CalendarFeature.DAY_OF_MONTH, CalendarFeature.DAY_OF_YEAR))));

        assertThat(data.inputNames())
                .containsExactly(
                        "y",
                        "sin DAY_OF_WEEK+1",
                        "cos DAY_OF_WEEK+1",
                        "sin DAY_OF_MONTH+1",
                        "cos DAY_OF_MONTH+1",
                        "sin DAY_OF_YEAR+1",
                        "cos DAY_OF_YEAR+1",
                        "sin DAY_OF_WEEK+7",
                        "cos DAY_OF_WEEK+7",
                        "sin DAY_OF_MONTH+7",
                        "cos DAY_OF_MONTH+7",
                        "sin DAY_OF_YEAR+7",
                        "cos DAY_OF_YEAR+7");
        float[] inputs = data.inputs();
        int features = data.features();
        assertThat(Arrays.copyOfRange(inputs, 20 * features + 7, 20 * features + 13))
                .containsExactly(Arrays.copyOfRange(inputs, 26 * features + 1, 26 * features + 7));
    }

    @Test
    void answersAreTheRowsFromTheOriginOn() {
        ForecastData data = ForecastData.of(Data.counting(ROWS), study(new Calendar.Automatic()));

        float[] answers = data.answers(new int[] {100, 300});

        assertThat(answers).hasSize(14);
        assertThat(data.targetScaling().raw(0, answers[0])).isCloseTo(100, within(1e-3));
        assertThat(data.targetScaling().raw(0, answers[6])).isCloseTo(106, within(1e-3));
        assertThat(data.targetScaling().raw(0, answers[7])).isCloseTo(300, within(1e-3));
    }

    @Test
    void aConstantColumnIsOnlyCentred() {
        Series series = Data.counting(ROWS);
        Arrays.fill(series.column("y"), 0, 700, 3f);

        ForecastData data = ForecastData.of(series, study(new Calendar.Automatic()));

        assertThat(data.inputScaling().deviations()).containsExactly(1.0);
        assertThat(data.inputs()[0]).isZero();
    }

    @Test
    void phasesOfTheCalendarRunFromZeroToBelowOne() {
        LocalDateTime newYear = LocalDateTime.of(2024, 1, 1, 0, 0);
        LocalDateTime evening = LocalDateTime.of(2024, 12, 31, 18, 0);

        assertThat(Cycles.phase(CalendarFeature.HOUR_OF_DAY, evening)).isEqualTo(0.75);
        assertThat(Cycles.phase(CalendarFeature.DAY_OF_WEEK, newYear)).isZero();
        assertThat(Cycles.phase(CalendarFeature.DAY_OF_WEEK, evening)).isEqualTo(1.75 / 7);
        assertThat(Cycles.phase(CalendarFeature.DAY_OF_MONTH, newYear)).isZero();
        assertThat(Cycles.phase(CalendarFeature.DAY_OF_YEAR, newYear)).isZero();
        assertThat(Cycles.phase(CalendarFeature.DAY_OF_YEAR, evening)).isEqualTo(365.75 / 366);
    }

    @Test
    void theOrderOfAnEpochIsAFunctionOfSeedAndEpoch() {
        var order = EpochOrder.of(new Stride.Rows(3), 100, 42);

        assertThat(order.of(5))
                .containsExactly(new EpochOrder(100, 3, 42).of(5))
                .isNotEqualTo(order.of(6));
        assertThat(order.of(5)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(order.of(5)).map(at -> at % 3).distinct()).hasSize(1);
        assertThat(EpochOrder.of(new Stride.Automatic(), 100, 42).of(1))
                .hasSize(100)
                .doesNotHaveDuplicates();
    }

    @Test
    void aCycleIsUsedByItselfOnlyWhereTheTrainingPartGoesRoundTwice() {
        var hourly = new Timeline.EverySeconds(LocalDateTime.of(2024, 1, 1, 0, 0), 3_600);
        int year = 365 * 24;

        assertThat(Cycles.of(new Calendar.Automatic(), hourly, year, "x.csv").features())
                .containsExactly(CalendarFeature.HOUR_OF_DAY, CalendarFeature.DAY_OF_WEEK);
        assertThat(Cycles.of(new Calendar.Automatic(), hourly, 2 * year, "x.csv")
                        .features())
                .containsExactly(CalendarFeature.HOUR_OF_DAY, CalendarFeature.DAY_OF_WEEK, CalendarFeature.DAY_OF_YEAR);
        assertThat(Cycles.of(new Calendar.Features(List.of(CalendarFeature.DAY_OF_YEAR)), hourly, year, "x.csv")
                        .features())
                .containsExactly(CalendarFeature.DAY_OF_YEAR);
    }

    private static Series daily(int rows) {
        Series series = Data.counting(rows);
        var timeline = new Timeline.EverySeconds(LocalDateTime.of(2024, 1, 1, 0, 0), 86_400);
        return new Series(series.file(), series.columns(), series.values(), rows, timeline, 0);
    }

    private static StudySpec study(Calendar calendar) {
        return aStudySpec()
                .withData(new DataSource(
                        "x.csv",
                        Optional.empty(),
                        List.of("y"),
                        List.of(),
                        7,
                        calendar,
                        MissingValues.REFUSE,
                        new Stride.Automatic(),
                        Centring.NONE));
    }
}
