package dev.tunefleet.worker.lstm;

import java.util.Objects;

/**
 * Some samples of a data set, in an order: samples order[from] to order[from + count - 1]. Any count will do; memory does not
 * depend on it. The array is shared, not copied.
 */
public record Batch(Dataset data, int[] order, int from, int count) {
    public Batch {
        Objects.requireNonNull(data, "data");
        Objects.checkFromIndexSize(from, count, order.length);
        if (count < 1) {
            throw new IllegalArgumentException("The count (" + count + ") of a batch must be at least 1.");
        }
    }

    int sample(int index) {
        return order[from + index];
    }
}
