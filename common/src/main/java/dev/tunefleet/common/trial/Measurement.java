package dev.tunefleet.common.trial;

/**
 * What one epoch brought. Errors are in the study's metric, without any L2 term.
 *
 * @param epoch from 1
 * @param trainLoss mean squared error on the training part while training, standardised
 * @param stopValue the metric on the validation blocks that choose the epoch
 * @param rankValue the metric on the validation blocks that rank trials
 * @param bestStopValue the lowest stop value of the trial up to this epoch, over all its attempts
 * @param seconds of training and validation in this epoch
 */
public record Measurement(
        int epoch, double trainLoss, double stopValue, double rankValue, double bestStopValue, double seconds) {}
