package dev.tunefleet.coordinator.advice;

import java.util.Locale;
import java.util.Optional;

import dev.tunefleet.common.trial.TrainingResult;

/** Overfitting: after the best epoch the validation error rose while the training loss went on falling. */
public final class Overfitting {

    /** The validation error must have risen by this share of its lowest value. */
    static final double RISE = 0.05;

    /** A rise over fewer epochs may be chance. */
    static final int EPOCHS = 3;

    private Overfitting() {}

    /** The numbers that show that a trial with this result overfitted; empty where it did not. */
    public static Optional<String> evidence(TrainingResult result) {
        boolean lasting = result.epochs() - result.bestEpoch() >= EPOCHS;
        boolean rose = result.lastStopValue() > result.stopValue() * (1 + RISE);
        boolean fitted = result.lastTrainLoss() < result.trainLoss();
        if (!lasting || !rose || !fitted) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "From epoch %d to %d the validation error rose from %.4g to %.4g while the training loss fell from %.4g to %.4g.",
                result.bestEpoch(),
                result.epochs(),
                result.stopValue(),
                result.lastStopValue(),
                result.trainLoss(),
                result.lastTrainLoss()));
    }
}
