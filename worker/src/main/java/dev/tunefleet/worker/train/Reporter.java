package dev.tunefleet.worker.train;

import java.util.function.Supplier;

import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.TrialEvent;

/**
 * Turns what a training does into events, meters and checkpoints.
 *
 * @param trainTo the epoch after which the attempt's last event carries its state. There is no checkpoint on the way there: an
 *     attempt that begins at its target epoch is told to complete its trial, so one that is begun again must begin before it.
 */
record Reporter(
        Execution execution,
        int trainTo,
        Supplier<Signal> signals,
        Outbox outbox,
        Measures measures,
        CheckpointLog checkpoints)
        implements Observer {

    @Override
    public Signal signal() {
        return signals.get();
    }

    @Override
    public void epochMeasured(Measurement measurement, int samples, Supplier<Progress> progress) {
        outbox.send(new TrialEvent.EpochMeasured(execution, measurement));
        measures.epochFinished(measurement.seconds(), samples);
        if (measurement.epoch() < trainTo) {
            checkpoints.maybe(progress);
        }
    }
}
