package dev.tunefleet.worker.train;

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
}
