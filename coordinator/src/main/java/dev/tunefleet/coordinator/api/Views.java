package dev.tunefleet.coordinator.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.coordinator.advice.Concern;
import dev.tunefleet.coordinator.advice.Diagnosis;
import dev.tunefleet.coordinator.study.EndReason;
import dev.tunefleet.coordinator.study.Evaluation;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.TrialEntity;
import dev.tunefleet.coordinator.study.TrialState;
import dev.tunefleet.coordinator.view.Phase;
import dev.tunefleet.coordinator.view.Progress;
import dev.tunefleet.coordinator.view.StudyShown;
import dev.tunefleet.coordinator.view.TrialShown;

/** Makes the records that clients see from those of the read model. */
final class Views {

    private static final double MILLISECONDS = 1000;

    private Views() {}

    static StudyView whole(StudyShown shown) {
        return study(shown, shown.study().spec(), Optional.empty());
    }

    /** The whole study with what is to be said of it and its {@code trials}. */
    static StudyView advised(StudyShown shown, List<TrialEntity> trials) {
        Optional<StudySpec> spec = shown.study().spec();
        return study(shown, spec, spec.map(found -> Advice.on(shown.study(), found, trials)));
    }

    static StudyView brief(StudyShown shown) {
        return study(shown, Optional.empty(), Optional.empty());
    }

    private static StudyView study(StudyShown shown, Optional<StudySpec> spec, Optional<List<Concern>> advice) {
        StudyEntity study = shown.study();
        return new StudyView(
                study.id().name(),
                state(study),
                reason(study),
                spec,
                shown.created(),
                shown.ran().toMillis() / MILLISECONDS,
                study.spec().map(found -> found.budget().trials()).orElse(0),
                new TreeMap<>(shown.counts()),
                shown.epochs(),
                shown.best().flatMap(trial -> best(study, trial)),
                study.evaluation().flatMap(Views::test),
                advice);
    }

    static StudyView.State state(StudyEntity study) {
        return switch (study.state()) {
            case RUNNING, ENDING -> StudyView.State.RUNNING;
            case PAUSED -> StudyView.State.PAUSED;
            case EVALUATING -> StudyView.State.EVALUATING;
            case COMPLETED ->
                study.ending().filter(end -> end == EndReason.STOPPED).isPresent()
                        ? StudyView.State.STOPPED
                        : StudyView.State.COMPLETED;
            case FAILED -> StudyView.State.FAILED;
            case ABSENT, DELETED -> throw new IllegalStateException("A study that is not there must not be shown.");
        };
    }

    private static String reason(StudyEntity study) {
        return study.failure()
                .orElseGet(() -> study.ending().map(Views::sentence).orElse(""));
    }

    private static String sentence(EndReason reason) {
        return switch (reason) {
            case TRIALS -> "All trials of the budget were tried.";
            case EXHAUSTED -> "The search space holds no other configuration that is allowed.";
            case TIME -> "The time of the budget was over.";
            case TARGET -> "The target was reached.";
            case PATIENCE -> "Many trials in a row brought nothing better.";
            case STOPPED -> "A user stopped it.";
        };
    }

    private static Optional<StudyView.Best> best(StudyEntity study, TrialEntity trial) {
        return study.best()
                .map(best -> new StudyView.Best(
                        trial.number(),
                        best.value(),
                        trial.result().map(TrainingResult::bestEpoch).orElse(0),
                        trial.configuration(),
                        trial.state() instanceof TrialState.Completed completed
                                ? finite(completed.validation())
                                : Map.of(),
                        trial.state() instanceof TrialState.Completed completed
                                ? Optional.of(completed.model())
                                : Optional.empty()));
    }

    private static Optional<StudyView.Test> test(Evaluation evaluation) {
        return evaluation.outcome() instanceof Evaluation.Outcome.Measured measured
                ? Optional.of(new StudyView.Test(
                        evaluation.trial(),
                        finite(measured.model()),
                        measured.baselines().stream()
                                .map(baseline -> new StudyView.Baseline(baseline.name(), finite(baseline.scores())))
                                .toList()))
                : Optional.empty();
    }

    static TrialView trial(TrialShown shown) {
        return trial(shown, Optional.empty(), Optional.empty());
    }

    static TrialView trial(TrialShown shown, List<Measurement> curve) {
        return trial(shown, Optional.of(curve(curve)), Optional.empty());
    }

    /** The trial with its curve and what is to be said of it, one of {@code trials} of {@code study}. */
    static TrialView advised(TrialShown shown, List<Measurement> curve, StudyEntity study, List<TrialEntity> trials) {
        return trial(
                shown,
                Optional.of(curve(curve)),
                study.spec().map(spec -> Advice.on(spec, shown.trial(), curve, trials)));
    }

    private static TrialView trial(
            TrialShown shown, Optional<List<TrialView.Point>> curve, Optional<List<Diagnosis>> verdicts) {
        TrialEntity trial = shown.trial();
        Progress progress = shown.progress();
        Optional<TrainingResult> result = trial.result().filter(found -> found.epochs() >= progress.epochs());
        return new TrialView(
                trial.number(),
                Phase.of(trial.state()),
                reason(trial.state()),
                trial.configuration(),
                trial.attempts(),
                shown.worker(),
                result.map(TrainingResult::epochs).orElse(progress.epochs()),
                trial.trainTo(),
                result.map(TrainingResult::value)
                        .or(() -> progress.best().map(Measurement::rankValue))
                        .map(Views::finite)
                        .orElse(OptionalDouble.empty()),
                result.map(TrainingResult::bestEpoch)
                        .or(() -> progress.best().map(Measurement::epoch))
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                result.map(TrainingResult::seconds).orElse(secondsWithoutResult(trial.state(), progress)),
                curve,
                verdicts);
    }

    /** Those of the epoch in which an infeasible trial ended, which was never measured, are known of its end alone. */
    private static double secondsWithoutResult(TrialState state, Progress progress) {
        return state instanceof TrialState.Infeasible infeasible
                ? Math.max(infeasible.seconds(), progress.seconds())
                : progress.seconds();
    }

    private static List<TrialView.Point> curve(List<Measurement> curve) {
        return curve.stream()
                .map(each -> new TrialView.Point(
                        each.epoch(), finite(each.trainLoss()), finite(each.rankValue()), each.seconds()))
                .toList();
    }

    private static String reason(TrialState state) {
        return switch (state) {
            case TrialState.Infeasible infeasible -> infeasible.reason() + ": " + infeasible.message();
            case TrialState.Failed failed -> failed.reason() + ": " + failed.message();
            case TrialState.Queued ignored -> "";
            case TrialState.Running ignored -> "";
            case TrialState.Paused ignored -> "";
            case TrialState.Completed ignored -> "";
            case TrialState.Pruned ignored -> "";
            case TrialState.Cancelled ignored -> "";
        };
    }

    private static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private static Map<Metric, Double> finite(Scores scores) {
        return scores.errors().entrySet().stream()
                .filter(entry -> Double.isFinite(entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    /** How long ago, in whole tenths of a second. */
    static double seconds(Duration duration) {
        return duration.toMillis() / 100 / 10.0;
    }
}
