package dev.tunefleet.worker.lstm;

import java.util.Objects;

/**
 * Everything that a training carries from one step to the next: with it a training goes on exactly. Arrays are not copied.
 *
 * @param parameters flat, as {@link Architecture} lays them out
 * @param firstMoments of Adam, in the same order
 * @param secondMoments of Adam, in the same order
 * @param steps of Adam taken
 */
public record State(float[] parameters, float[] firstMoments, float[] secondMoments, long steps) {
    public State {
        Objects.requireNonNull(parameters, "parameters");
        if (firstMoments.length != parameters.length || secondMoments.length != parameters.length) {
            throw new IllegalArgumentException(
                    "The lengths of the moments (" + firstMoments.length + ", " + secondMoments.length
                            + ") of a state must equal that of its parameters (" + parameters.length + ").");
        }
        if (steps < 0) {
            throw new IllegalArgumentException("The steps (" + steps + ") of a state must not be negative.");
        }
    }

    /** The state before the first step. */
    public static State initial(float[] parameters) {
        return new State(parameters, new float[parameters.length], new float[parameters.length], 0);
    }
}
