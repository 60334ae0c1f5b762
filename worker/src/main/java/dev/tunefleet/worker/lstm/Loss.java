package dev.tunefleet.worker.lstm;

/**
 * What training minimises, with the output activation that belongs to it. Every loss is a mean over the samples of a batch, and
 * over their valid steps where the network answers at each step, so that it does not grow with batch or sequence.
 */
public enum Loss {
    /** Identity outputs; the mean over outputs of the squared difference. */
    MEAN_SQUARED_ERROR,
    /** Softmax outputs; minus the log probability of the target, in nats. */
    SOFTMAX_CROSS_ENTROPY,
    /** Sigmoid outputs; the mean over outputs of the binary cross-entropy, in nats. */
    SIGMOID_CROSS_ENTROPY
}
