package dev.tunefleet.worker.lstm;

/**
 * Overlapping windows of one long series.
 *
 * @param series [row][feature], row by row
 * @param features per row
 * @param sequence rows per window
 * @param origins [sample] the row after the last input row of each window, which is the first row to be forecast
 */
public record Windows(float[] series, int features, int sequence, int[] origins) implements Samples {
    public Windows {
        int rows = series.length / features;
        for (int origin : origins) {
            if (origin < sequence || origin > rows) {
                throw new IllegalArgumentException(
                        "The origin (" + origin + ") of a window must lie between the sequence length (" + sequence
                                + ") and the number of rows (" + rows + ").");
            }
        }
    }

    @Override
    public int count() {
        return origins.length;
    }

    @Override
    public int length(int sample) {
        return sequence;
    }
}
