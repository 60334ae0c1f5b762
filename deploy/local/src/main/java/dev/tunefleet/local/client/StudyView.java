package dev.tunefleet.local.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.BlobRef;

/**
 * A study as the coordinator shows it.
 *
 * @param reason why it ended, once it did
 * @param spec absent in lists
 * @param secondsRunning pauses not counted
 * @param requested how many configurations it may try
 * @param counts trials by the name of their state
 * @param epochs all epochs trained so far, of all trials
 */
public record StudyView(
        String id,
        String state,
        Optional<String> reason,
        Optional<StudySpec> spec,
        Optional<Instant> created,
        double secondsRunning,
        int requested,
        Map<String, Integer> counts,
        long epochs,
        Optional<Best> best,
        Optional<Test> test) {

    public StudyView {
        counts = counts == null ? Map.of() : Map.copyOf(counts);
    }

    /** The best trial so far; metrics and model are known once it is complete. */
    public record Best(
            int trial,
            double value,
            int epoch,
            Configuration configuration,
            Map<String, Double> metrics,
            Optional<BlobRef> model) {
        public Best {
            metrics = metrics == null ? Map.of() : Map.copyOf(metrics);
        }
    }

    /** What the winner reached on the test part, beside forecasts that need no model. */
    public record Test(int trial, Map<String, Double> metrics, List<Baseline> baselines) {
        public Test {
            metrics = metrics == null ? Map.of() : Map.copyOf(metrics);
            baselines = baselines == null ? List.of() : List.copyOf(baselines);
        }
    }

    /** A forecast that needs no model, and its errors on the test part. */
    public record Baseline(String name, Map<String, Double> metrics) {
        public Baseline {
            metrics = metrics == null ? Map.of() : Map.copyOf(metrics);
        }
    }

    /** Whether nothing will change any more. */
    public boolean ended() {
        return switch (state) {
            case "COMPLETED", "STOPPED", "FAILED" -> true;
            default -> false;
        };
    }

    /** How many trials are in one of {@code states}. */
    public int count(String... states) {
        int sum = 0;
        for (String one : states) {
            sum += counts.getOrDefault(one, 0);
        }
        return sum;
    }

    /** How many trials will not be trained any further, whatever became of them. */
    public int finished() {
        return count("COMPLETED", "PRUNED", "INFEASIBLE", "FAILED", "CANCELLED");
    }

    /** How many trials were begun. */
    public int begun() {
        return finished() + count("RUNNING", "PAUSED");
    }
}
