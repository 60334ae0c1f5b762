package dev.tunefleet.worker.train;

import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.TrialEvent;

/** Turns what a training does into events, meters and checkpoints. */
record Reporter(
        Execution execution,
        Supplier<Signal> signals,
        Consumer<TrialEvent> reports,
        Measures measures,
        CheckpointLog checkpoints)
        implements Observer {

    @Override
    public Signal signal() {
        return signals.get();
    }

    @Override
    public void epochMeasured(Measurement measurement, int samples, Supplier<Progress> progress) {
        reports.accept(new TrialEvent.EpochMeasured(execution, measurement));
        measures.epochFinished(measurement.seconds(), samples);
        checkpoints.maybe(progress);
    }
}
