package dev.tunefleet.local.simulation;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.common.trial.TrialEvent;

/** What a trial that nobody trains reports: four events that say what training would have said. */
final class SimulatedTrial {

    private static final int DIGEST = 64;

    private final Execution execution;
    private final int epochs;
    private final double value;
    private final double seconds;
    private final String digest;

    SimulatedTrial(Assignment.TrialSpec spec, String worker, double seconds) {
        var random = new Random(spec.seed());
        this.execution = new Execution(spec.attempt(), UUID.randomUUID(), worker);
        this.epochs = spec.trainTo();
        this.value = 0.1 + random.nextDouble();
        this.seconds = seconds;
        this.digest = String.format("%016x", random.nextLong()).repeat(DIGEST / 16);
    }

    TrialEvent started() {
        return new TrialEvent.TrialStarted(execution);
    }

    TrialEvent alive() {
        return new TrialEvent.TrialProgressed(execution, 1);
    }

    /** The epochs that are measured on the way, in order. */
    List<TrialEvent> measured() {
        return List.of(measurement(1), measurement(Math.max(2, epochs - 1)));
    }

    private TrialEvent measurement(int epoch) {
        return new TrialEvent.EpochMeasured(
                execution, new Measurement(epoch, value, value, value, value, seconds / epochs));
    }

    TrialEvent completed() {
        var result = new TrainingResult(epochs, epochs, value, value, value, value, value, false, seconds);
        var model = new BlobRef("models/" + digest + ".zip", digest, 1);
        return new TrialEvent.TrialCompleted(execution, result, model, new Scores(Map.of(Metric.MSE, value)));
    }
}
