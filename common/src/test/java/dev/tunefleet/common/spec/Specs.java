package dev.tunefleet.common.spec;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Study specs for tests. */
public final class Specs {

    private Specs() {}

    /** The births study with the guide's space: 10 trials of up to 9 epochs, one at a time, seed 42. */
    public static StudySpec aStudySpec() {
        return new StudySpec(
                "births",
                Task.FORECAST,
                new DataSource(
                        "datasets/births.csv",
                        Optional.of("date"),
                        List.of("births"),
                        List.of(),
                        7,
                        new Calendar.Automatic(),
                        MissingValues.REFUSE,
                        new Stride.Automatic(),
                        Centring.NONE),
                new Split(0.7, 0.15, 0.15),
                Metric.MSE,
                new Budget(10, Optional.empty(), 9, OptionalInt.of(1), OptionalDouble.empty(), OptionalInt.empty(), 5),
                Training.DEFAULT,
                Guide.SPACE,
                new SearchSettings(SearchSettings.Algorithm.BAYESIAN, Scheduler.Asha.DEFAULT, 42, true, List.of(), 0));
    }
}
