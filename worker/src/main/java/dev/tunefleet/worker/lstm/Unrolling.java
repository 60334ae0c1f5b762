package dev.tunefleet.worker.lstm;

/**
 * How many steps a network runs and how far back through time its gradients go.
 *
 * <p>Sequences are cut into spans of that many steps, counted from their ends. State passes from span to span, gradients do
 * not: backpropagation through time is truncated (Williams and Peng 1990) where a span is shorter than the sequence.
 *
 * @param sequence steps of the longest sample that will be seen
 * @param span steps through which gradients go back, 1 to sequence
 */
public record Unrolling(int sequence, int span) {
    public Unrolling {
        if (sequence < 1) {
            throw new IllegalArgumentException("The sequence (" + sequence + ") of a network must be at least 1.");
        }
        if (span < 1 || span > sequence) {
            throw new IllegalArgumentException(
                    "The span (" + span + ") of a network must be from 1 to its sequence (" + sequence + ").");
        }
    }

    /** Gradients go back to the first step. */
    public static Unrolling full(int sequence) {
        return new Unrolling(sequence, sequence);
    }
}
