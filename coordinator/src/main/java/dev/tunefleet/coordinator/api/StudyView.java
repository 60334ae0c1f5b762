package dev.tunefleet.coordinator.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.coordinator.advice.Concern;
import dev.tunefleet.coordinator.view.Phase;

/**
 * A study as clients see it. What is not known yet is absent.
 *
 * @param advice what is to be said of it as a whole, where the study itself was asked for
 */
public record StudyView(
        String id,
        State state,
        String reason,
        Optional<StudySpec> spec,
        Instant created,
        double secondsRunning,
        int requested,
        Map<Phase, Integer> counts,
        long epochs,
        Optional<Best> best,
        Optional<Test> test,
        Optional<List<Concern>> advice) {

    /** Where a study is in its life. */
    public enum State {
        RUNNING,
        PAUSED,
        EVALUATING,
        COMPLETED,
        STOPPED,
        FAILED;

        boolean ended() {
            return this == COMPLETED || this == STOPPED || this == FAILED;
        }
    }

    /**
     * The best trial so far.
     *
     * @param value the objective, on the part of the validation data that ranks trials
     * @param epoch the epoch that reached it
     * @param metrics on the validation data, once the trial is completed
     * @param model once the trial is completed
     */
    public record Best(
            int trial,
            double value,
            int epoch,
            Configuration configuration,
            Map<Metric, Double> metrics,
            Optional<BlobRef> model) {}

    /** The winner on the test part, beside forecasts that need no training. */
    public record Test(int trial, Map<Metric, Double> metrics, List<Baseline> baselines) {}

    /** A forecast that needs no training. */
    public record Baseline(String name, Map<Metric, Double> metrics) {}
}
