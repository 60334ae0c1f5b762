package dev.tunefleet.coordinator.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.coordinator.advice.Adviser;
import dev.tunefleet.coordinator.advice.Concern;
import dev.tunefleet.coordinator.advice.Diagnosis;
import dev.tunefleet.coordinator.advice.Examination;
import dev.tunefleet.coordinator.advice.StudyHealth;
import dev.tunefleet.coordinator.study.Evaluation;
import dev.tunefleet.coordinator.study.Origin;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.TrialEntity;
import dev.tunefleet.coordinator.study.TrialState;

/** Lays trials and studies before the advice in the words that it knows. O(n log n) for n trials of the study. */
final class Advice {

    /** A median of fewer trials says little. */
    private static final int FEWEST_OTHERS = 5;

    private Advice() {}

    /** What is to be said of {@code trial} with {@code curve}, one of {@code trials} of a study. */
    static List<Diagnosis> on(StudySpec spec, TrialEntity trial, List<Measurement> curve, List<TrialEntity> trials) {
        return Adviser.examine(new Examination(
                spec.space(), trial.configuration(), curve, ending(spec, trial), others(trial, trials)));
    }

    private static Examination.Ending ending(StudySpec spec, TrialEntity trial) {
        return switch (trial.state()) {
            case TrialState.Queued ignored -> Examination.Ending.NONE;
            case TrialState.Running ignored -> Examination.Ending.NONE;
            case TrialState.Paused ignored -> Examination.Ending.NONE;
            case TrialState.Completed ignored -> completed(spec, trial);
            case TrialState.Pruned ignored -> Examination.Ending.CUT;
            case TrialState.Cancelled ignored -> Examination.Ending.CUT;
            case TrialState.Failed ignored -> Examination.Ending.FAILED;
            case TrialState.Infeasible infeasible -> infeasible(infeasible.reason());
        };
    }

    private static Examination.Ending completed(StudySpec spec, TrialEntity trial) {
        if (trial.result().map(TrainingResult::stoppedEarly).orElse(false)) {
            return Examination.Ending.STOPPED_EARLY;
        }
        int epochs = trial.result().map(TrainingResult::epochs).orElse(0);
        return epochs < spec.budget().epochs() ? Examination.Ending.CUT : Examination.Ending.TRAINED;
    }

    private static Examination.Ending infeasible(FailureReason reason) {
        return switch (reason) {
            case DIVERGED -> Examination.Ending.DIVERGED;
            case OUT_OF_MEMORY -> Examination.Ending.OUT_OF_MEMORY;
            case TIMED_OUT, INVALID_DATA, WORKER_LOST, ERROR -> Examination.Ending.FAILED;
        };
    }

    private static Optional<Examination.Others> others(TrialEntity trial, List<TrialEntity> trials) {
        List<TrainingResult> results = trials.stream()
                .filter(other -> other.number() != trial.number())
                .flatMap(other -> other.result().stream())
                .filter(result -> result.epochs() > 0)
                .toList();
        return results.size() < FEWEST_OTHERS
                ? Optional.empty()
                : Optional.of(new Examination.Others(
                        median(results.stream().mapToDouble(result -> result.seconds() / result.epochs())),
                        median(results.stream().mapToDouble(TrainingResult::value))));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** What is to be said of a study with these trials. */
    static List<Concern> on(StudyEntity study, StudySpec spec, List<TrialEntity> trials) {
        var results = new ArrayList<StudyHealth.Result>();
        Map<Integer, List<Double>> seeds = new HashMap<>();
        for (TrialEntity trial : trials) {
            value(trial).ifPresent(value -> {
                int of = trial.origin() instanceof Origin.Confirmation(int original) ? original : trial.number();
                seeds.computeIfAbsent(of, first -> new ArrayList<>()).add(value);
                if (of == trial.number()) {
                    results.add(new StudyHealth.Result(trial.configuration(), value));
                }
            });
        }
        List<List<Double>> repeats =
                seeds.values().stream().filter(values -> values.size() > 1).toList();
        return Stream.of(
                        onTheTest(study, spec, trials).stream(),
                        study.halvingEnd().map(end -> StudyHealth.misled(end.trials(), end.correlation())).stream(),
                        StudyHealth.examine(spec.space(), results, repeats, OptionalDouble.empty()).stream())
                .flatMap(each -> each)
                .toList();
    }

    /** The forecasts without training are known for the test part alone, so that the winner is compared with them there. */
    private static List<Concern> onTheTest(StudyEntity study, StudySpec spec, List<TrialEntity> trials) {
        Optional<Evaluation> evaluation = study.evaluation().filter(found -> found.trial() < trials.size());
        if (evaluation.isEmpty() || !(evaluation.get().outcome() instanceof Evaluation.Outcome.Measured measured)) {
            return List.of();
        }
        OptionalDouble naive = measured.baselines().stream()
                .flatMap(baseline ->
                        Optional.ofNullable(baseline.scores().errors().get(spec.metric())).stream())
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .min();
        return Optional.ofNullable(measured.model().errors().get(spec.metric()))
                .map(error -> new StudyHealth.Result(
                        trials.get(evaluation.get().trial()).configuration(), error))
                .map(winner -> StudyHealth.examine(spec.space(), List.of(winner), List.of(), naive))
                .orElse(List.of());
    }

    private static Optional<Double> value(TrialEntity trial) {
        return trial.result().map(TrainingResult::value).filter(Double::isFinite);
    }
}
