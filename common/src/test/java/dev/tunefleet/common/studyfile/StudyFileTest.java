package dev.tunefleet.common.studyfile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;
import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.Calendar;
import dev.tunefleet.common.spec.CalendarFeature;
import dev.tunefleet.common.spec.Expense;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.spec.MissingValues;
import dev.tunefleet.common.spec.Scheduler;
import dev.tunefleet.common.spec.SearchSettings;
import dev.tunefleet.common.spec.Split;
import dev.tunefleet.common.spec.Stride;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.spec.Training;

import static org.assertj.core.api.Assertions.assertThat;

class StudyFileTest {

    static final String SHORTEST = """
            name: births
            data: {uri: births.csv, target: births}
            """;

    static final String LONGEST = """
            name: births
            task: forecast
            data:
              uri: data/births.csv
              time: date
              targets: [births, deaths]
              inputs: [births, deaths, rain]
              horizon: 7
              calendar: [dayOfWeek, dayOfYear]
              missing: carryForward
              stride: 3
            validation: {scheme: holdout, split: [4018, 731, 730]}
            objective: {metric: mae, direction: minimize}
            budget: {trials: 40, time: 1h30m, epochs: 30, parallel: 4, target: 0.02, patience: 15, failures: 6}
            training: {patience: 7, clipNorm: 0.5, truncation: 25, time: 20m}
            space:
              learningRate: {range: [1e-4, 1e-1], scale: log}
              layers: 2
              units: [50, 100]
              sequenceLength: {multiplesOf: 7, range: [7, 98]}
              dropout: 0.2
              batchSize: [32, 64]
              l2: off
            search:
              algorithm: sobol
              scheduler: asha
              eta: 4
              minEpochs: 2
              seed: 42
              guided: false
              enqueue: [{units: 60, sequenceLength: 14}]
              confirm: 3
              cost: aware
              transfer: true
            """;

    @Test
    void whatIsLeftOutIsTheGuides() {
        StudySpec spec = StudyFile.parse("births.yaml", SHORTEST);

        assertThat(spec.space()).isEqualTo(Guide.SPACE);
        assertThat(spec.data().horizon()).isEqualTo(1);
        assertThat(spec.data().calendar()).isEqualTo(new Calendar.Automatic());
        assertThat(spec.data().missing()).isEqualTo(MissingValues.REFUSE);
        assertThat(spec.split()).isEqualTo(new Split(0.7, 0.15, 0.15));
        assertThat(spec.metric()).isEqualTo(Metric.MSE);
        assertThat(spec.training()).isEqualTo(Training.DEFAULT);
        assertThat(spec.budget())
                .isEqualTo(new Budget(
                        40, Optional.empty(), 30, OptionalInt.empty(), OptionalDouble.empty(), OptionalInt.empty(), 5));
        assertThat(spec.search().algorithm()).isEqualTo(SearchSettings.Algorithm.BAYESIAN);
        assertThat(spec.search().scheduler()).isEqualTo(Scheduler.Asha.DEFAULT);
    }

    @Test
    void everyFieldIsRead() {
        StudySpec spec = StudyFile.parse("births.yaml", LONGEST);

        assertThat(spec.data().uri()).isEqualTo("data/births.csv");
        assertThat(spec.data().time()).contains("date");
        assertThat(spec.data().targets()).containsExactly("births", "deaths");
        assertThat(spec.data().inputs()).containsExactly("births", "deaths", "rain");
        assertThat(spec.data().calendar())
                .isEqualTo(new Calendar.Features(List.of(CalendarFeature.DAY_OF_WEEK, CalendarFeature.DAY_OF_YEAR)));
        assertThat(spec.data().missing()).isEqualTo(MissingValues.CARRY_FORWARD);
        assertThat(spec.data().stride()).isEqualTo(new Stride.Rows(3));
        assertThat(spec.split()).isEqualTo(new Split(4018, 731, 730));
        assertThat(spec.metric()).isEqualTo(Metric.MAE);
        assertThat(spec.budget())
                .isEqualTo(new Budget(
                        40,
                        Optional.of(Duration.ofMinutes(90)),
                        30,
                        OptionalInt.of(4),
                        OptionalDouble.of(0.02),
                        OptionalInt.of(15),
                        6));
        assertThat(spec.training())
                .isEqualTo(new Training(7, 0.5, OptionalInt.of(25), Optional.of(Duration.ofMinutes(20))));
        assertThat(spec.search().scheduler()).isEqualTo(new Scheduler.Asha(4, 2));
        assertThat(spec.search().seed()).isEqualTo(42);
        assertThat(spec.search().guided()).isFalse();
        assertThat(spec.search().confirm()).isEqualTo(3);
        assertThat(spec.search().cost()).isEqualTo(SearchSettings.Cost.AWARE);
        assertThat(spec.search().transfer()).isEqualTo(SearchSettings.Transfer.EARLIER_STUDIES);
    }

    @Test
    void whatIsLeftOutOfTheSearchMakesAStudyThatStandsAlone() {
        StudySpec spec = StudyFile.parse("births.yaml", SHORTEST);

        assertThat(spec.search().cost()).isEqualTo(SearchSettings.Cost.IGNORED);
        assertThat(spec.search().transfer()).isEqualTo(SearchSettings.Transfer.NONE);
        assertThat(spec.expenses()).isEmpty();
    }

    @Test
    void anErrorAndItsExpensesMayBeWrittenInFullOrByName() {
        String full = SHORTEST + "objective: [{metric: mae}, {metric: trainingSeconds, direction: minimize}]\n";

        StudySpec spec = StudyFile.parse("births.yaml", full);

        assertThat(spec.metric()).isEqualTo(Metric.MAE);
        assertThat(spec.expenses()).containsExactly(Expense.TRAINING_SECONDS);
        assertThat(StudyFile.parse("births.yaml", SHORTEST + "objective: [mae, trainingSeconds]\n"))
                .isEqualTo(spec);
        assertThat(StudyFile.parse("births.yaml", StudyFile.write(spec))).isEqualTo(spec);
    }

    @Test
    void eachWayOfWritingAParameterIsUnderstood() {
        StudySpec spec = StudyFile.parse("births.yaml", LONGEST);

        assertThat(spec.space().parameters())
                .containsExactly(
                        new Real("learningRate", 1e-4, 1e-1, Scale.LOG),
                        new Whole("layers", 2, 2),
                        new Whole("units", 50, 100),
                        new Whole("sequenceLength", 7, 98, 7, Scale.LINEAR),
                        new Real("dropout", 0.2, 0.2, Scale.LINEAR),
                        new Choice("batchSize", List.of(Value.of(32), Value.of(64)), true),
                        new Real("l2", 0, 0, Scale.LINEAR));
    }

    @Test
    void l2WithARangeIsAlwaysOnUnlessItIsOptional() {
        assertThat(parameter("l2: [1e-4, 1e-2]")).isEqualTo(new Real("l2", 1e-4, 1e-2, Scale.LOG));
        assertThat(parameter("l2: {range: [1e-4, 1e-2], optional: false}"))
                .isEqualTo(new Real("l2", 1e-4, 1e-2, Scale.LOG));
        assertThat(parameter("l2: {range: [1e-4, 1e-2]}"))
                .isEqualTo(new Switched(new Real("l2", 1e-4, 1e-2, Scale.LOG)));
    }

    @Test
    void multiplesOfMovesTheEndsOfTheRangeInwards() {
        assertThat(parameter("sequenceLength: {multiplesOf: 7}"))
                .isEqualTo(new Whole("sequenceLength", 14, 98, 7, Scale.LINEAR));
    }

    @Test
    void whatAnEnqueuedConfigurationLeavesOutIsTheGuidesStart() {
        StudySpec spec = StudyFile.parse("births.yaml", LONGEST);

        Configuration expected =
                Guide.start(spec.space()).with("units", Value.of(60)).with("sequenceLength", Value.of(14));
        assertThat(spec.search().enqueued()).containsExactly(expected);
    }

    @Test
    void numbersMayBeWrittenAsPeopleWriteThem() {
        assertThat(parameter("learningRate: [1e-4, .01]")).isEqualTo(new Real("learningRate", 1e-4, 1e-2, Scale.LOG));
    }

    @Test
    void aWrittenStudyReadsTheSame() {
        for (String text : List.of(SHORTEST, LONGEST)) {
            StudySpec spec = StudyFile.parse("births.yaml", text);

            String written = StudyFile.write(spec);

            assertThat(StudyFile.parse("written.yaml", written)).isEqualTo(spec);
        }
    }

    private static Parameter parameter(String line) {
        String name = line.substring(0, line.indexOf(':'));
        return StudyFile.parse("x.yaml", SHORTEST + "space: {" + line + "}\n")
                .space()
                .parameter(name);
    }
}
