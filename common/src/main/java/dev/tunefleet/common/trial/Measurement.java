package dev.tunefleet.common.trial;

import java.util.OptionalDouble;

/**
 * What one epoch brought. Errors are in the study's metric, without any L2 term.
 *
 * @param epoch from 1
 * @param trainLoss mean squared error on the training part while training, standardised
 * @param stopValue the metric on the validation blocks that choose the epoch
 * @param rankValue the metric on the validation blocks that rank trials
 * @param bestStopValue the lowest stop value of the trial up to this epoch, over all its attempts
 * @param seconds of training and validation in this epoch
 * @param bestRankValue the rank value at the epoch of {@code bestStopValue}; absent where that is this epoch, and in records from
 *     before it was told
 */
public record Measurement(
        int epoch,
        double trainLoss,
        double stopValue,
        double rankValue,
        double bestStopValue,
        double seconds,
        OptionalDouble bestRankValue) {

    /** One that does not tell {@code bestRankValue}. */
    public Measurement(
            int epoch, double trainLoss, double stopValue, double rankValue, double bestStopValue, double seconds) {
        this(epoch, trainLoss, stopValue, rankValue, bestStopValue, seconds, OptionalDouble.empty());
    }

    /** What the trial is worth if it ends with this epoch. */
    public double objective() {
        return bestRankValue.orElse(rankValue);
    }
}
