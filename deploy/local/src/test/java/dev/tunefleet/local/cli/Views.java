package dev.tunefleet.local.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

/** Views for tests. */
final class Views {

    static final Configuration CONFIGURATION =
            new Configuration(Map.of("units", Value.of(100), "l2", Value.off(), "learningRate", Value.of(0.00123456)));

    private Views() {}

    static StudyView aStudy(String state, Map<String, Integer> counts, double seconds, long epochs) {
        return new StudyView(
                "births",
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                seconds,
                10,
                counts,
                epochs,
                Optional.empty(),
                Optional.empty());
    }

    static StudyView aCompletedStudy() {
        var best =
                new StudyView.Best(7, 0.0241, 12, CONFIGURATION, Map.of("MSE", 0.0241, "MAE", 0.1), Optional.empty());
        var naive = new StudyView.Baseline("persistence", Map.of("MSE", 1.0, "MAE", 0.8));
        var test = new StudyView.Test(7, Map.of("MSE", 0.025, "MAE", 0.11), List.of(naive));
        return new StudyView(
                "births",
                "COMPLETED",
                Optional.of("All trials were tried."),
                Optional.empty(),
                Optional.empty(),
                161,
                10,
                Map.of("COMPLETED", 6, "PRUNED", 4),
                123,
                Optional.of(best),
                Optional.of(test));
    }

    static TrialView aTrial(int number, String state) {
        return new TrialView(
                number,
                state,
                Optional.empty(),
                CONFIGURATION,
                1,
                Optional.of("worker-1"),
                5,
                30,
                OptionalDouble.of(0.03),
                OptionalInt.of(4),
                OptionalDouble.of(12.1),
                List.of());
    }
}
