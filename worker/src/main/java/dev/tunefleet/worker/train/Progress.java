package dev.tunefleet.worker.train;

import java.util.Optional;

import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.worker.lstm.State;

/**
 * How far a trial has been trained: everything needed to go on exactly. Arrays are not copied.
 *
 * @param epoch finished epochs
 * @param network parameters, moments and steps after that epoch
 * @param bestParameters after the best epoch so far
 * @param firstLoss training loss of the first epoch, to tell divergence by
 * @param seconds of training over all attempts
 */
record Progress(
        int epoch, State network, EarlyStopping stopping, float[] bestParameters, double firstLoss, double seconds) {

    static Progress none(float[] initialParameters) {
        return new Progress(
                0,
                State.initial(initialParameters),
                EarlyStopping.atTheBeginning(),
                initialParameters.clone(),
                Double.NaN,
                0);
    }

    /** What this amounts to, where an epoch is finished. */
    Optional<TrainingResult> result(int patience) {
        if (epoch == 0) {
            return Optional.empty();
        }
        Measurement best = stopping.best();
        Measurement last = stopping.last();
        return Optional.of(new TrainingResult(
                epoch,
                best.epoch(),
                best.stopValue(),
                best.rankValue(),
                best.trainLoss(),
                last.stopValue(),
                last.trainLoss(),
                stopping.exhausted(patience),
                seconds));
    }
}
