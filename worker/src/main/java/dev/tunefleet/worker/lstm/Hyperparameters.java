package dev.tunefleet.worker.lstm;

/**
 * What a training step needs beside the architecture and the learning rate.
 *
 * @param dropout probability that an output of an LSTM layer is dropped, in [0, 1); applied after every layer, the last included
 * @param l2 factor of the L2 gradient term on all weights, not on biases; 0 is off
 * @param clip largest global gradient norm, taken before the L2 term; 0 is off
 * @param seed of the dropout masks
 */
public record Hyperparameters(double dropout, double l2, double clip, long seed) {
    public Hyperparameters {
        require(dropout >= 0 && dropout < 1, "dropout", dropout, "lie in [0, 1)");
        require(l2 >= 0 && Double.isFinite(l2), "l2", l2, "be finite and not negative");
        require(clip >= 0 && Double.isFinite(clip), "clip", clip, "be finite and not negative");
    }

    private static void require(boolean holds, String name, double value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("The " + name + " (" + value + ") of a training must " + rule + ".");
        }
    }
}
