package dev.tunefleet.worker.train;

import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.TrainingResult;

/** How a training ended. */
sealed interface Outcome {

    /** Trained to the target epoch of the attempt, which is not the last one. */
    record RungReached(TrainingResult result, Progress progress) implements Outcome {}

    /**
     * Trained to the last epoch, or patience ran out.
     *
     * @param parameters after the best epoch
     * @param validation its errors on the blocks that rank trials
     */
    record Completed(TrainingResult result, float[] parameters, Scores validation) implements Outcome {}

    /** The loss or gradient became infinite or not a number, or the training loss rose tenfold. */
    record Diverged(String message, double seconds) implements Outcome {}

    /** Trained for longer than a trial may be. */
    record TimedOut(String message, double seconds) implements Outcome {}

    /** Ended in order because the worker is going away; {@code progress} is that of the last finished epoch. */
    record Released(Progress progress) implements Outcome {}

    /** Ended because a directive said so; {@code progress} is that of the last finished epoch. */
    record Stopped(Progress progress) implements Outcome {}
}
