package dev.tunefleet.coordinator.stream;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Baseline;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.common.trial.TrialEvent;

/** Answers assignments as a worker would, at once: the error falls with the epochs and rises with the trial's number. */
public final class Trainer {

    private final Bench bench;

    public Trainer(Bench bench) {
        this.bench = bench;
    }

    /** Runs everything that is handed out until nothing more is, a second at a time. */
    public void runAll(int slots) {
        for (int idle = 0; idle < 3; idle++) {
            bench.seconds(1, slots);
            List<Assignment> work = bench.taken();
            if (!work.isEmpty()) {
                idle = 0;
                work.forEach(this::run);
            }
        }
    }

    public void run(Assignment assignment) {
        Execution execution = begin(assignment);
        switch (assignment) {
            case Assignment.TrialSpec spec -> train(spec, execution);
            case Assignment.FinalEvaluation ignored ->
                bench.event(new TrialEvent.TestEvaluated(
                        execution, scores(0.03), List.of(new Baseline("persistence", scores(0.1)))));
        }
    }

    /** Takes the assignment and says so, no more. */
    public Execution begin(Assignment assignment) {
        var execution = new Execution(
                assignment.attempt(),
                UUID.nameUUIDFromBytes(assignment.attempt().toString().getBytes()),
                "worker");
        bench.event(new TrialEvent.TrialStarted(execution));
        return execution;
    }

    private void train(Assignment.TrialSpec spec, Execution execution) {
        int number = spec.attempt().trial().number();
        int from = spec.resumeFrom().map(Checkpoint::epoch).orElse(0);
        for (int epoch = from + 1; epoch <= spec.trainTo(); epoch++) {
            bench.event(new TrialEvent.EpochMeasured(execution, measured(epoch, number)));
        }
        double value = error(spec.trainTo(), number);
        var result = new TrainingResult(
                spec.trainTo(), spec.trainTo(), value, value, value, value, value, false, spec.trainTo());
        var blob = new BlobRef("checkpoints/" + spec.attempt().trial() + "/" + spec.trainTo(), "ab", 1);
        if (spec.trainTo() >= spec.study().budget().epochs() || from == spec.trainTo()) {
            var model = new BlobRef("models/" + spec.attempt().trial() + ".zip", "cd", 1);
            bench.event(new TrialEvent.TrialCompleted(execution, result, model, scores(value)));
        } else {
            bench.event(new TrialEvent.RungReached(execution, result, new Checkpoint(spec.trainTo(), blob)));
        }
    }

    public static Measurement measured(int epoch, int number) {
        double value = error(epoch, number);
        return new Measurement(epoch, value, value, value, value, 1);
    }

    private static double error(int epoch, int number) {
        return 0.02 * (number + 1) + 1.0 / epoch;
    }

    private static Scores scores(double value) {
        return new Scores(Map.of(Metric.MSE, value));
    }
}
