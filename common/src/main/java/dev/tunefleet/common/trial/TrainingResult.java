package dev.tunefleet.common.trial;

import java.util.OptionalDouble;

/**
 * What an attempt has reached so far, over all attempts of its trial.
 *
 * @param epochs finished epochs
 * @param bestEpoch the epoch with the lowest stop value
 * @param stopValue the stop value at {@code bestEpoch}; rungs compare it
 * @param value the rank value at {@code bestEpoch}: the objective of the trial
 * @param trainLoss the training loss at {@code bestEpoch}, standardised
 * @param lastStopValue the stop value of the last finished epoch
 * @param lastTrainLoss the training loss of the last finished epoch, standardised
 * @param stoppedEarly whether patience ran out, so that more epochs would change nothing
 * @param seconds of training over all attempts
 * @param speed of the slot that ended it, as in {@link SlotSpeed}; absent where nobody measured it
 */
public record TrainingResult(
        int epochs,
        int bestEpoch,
        double stopValue,
        double value,
        double trainLoss,
        double lastStopValue,
        double lastTrainLoss,
        boolean stoppedEarly,
        double seconds,
        OptionalDouble speed) {

    /** From a slot whose speed nobody measured. */
    public TrainingResult(
            int epochs,
            int bestEpoch,
            double stopValue,
            double value,
            double trainLoss,
            double lastStopValue,
            double lastTrainLoss,
            boolean stoppedEarly,
            double seconds) {
        this(
                epochs,
                bestEpoch,
                stopValue,
                value,
                trainLoss,
                lastStopValue,
                lastTrainLoss,
                stoppedEarly,
                seconds,
                OptionalDouble.empty());
    }

    public TrainingResult {
        SlotSpeed.check(speed);
    }

    public TrainingResult withSpeed(OptionalDouble measured) {
        return new TrainingResult(
                epochs,
                bestEpoch,
                stopValue,
                value,
                trainLoss,
                lastStopValue,
                lastTrainLoss,
                stoppedEarly,
                seconds,
                measured);
    }

    /** What {@link #seconds} would have been in a slot of speed 1. */
    public double standardSeconds() {
        return SlotSpeed.standard(seconds, speed);
    }
}
