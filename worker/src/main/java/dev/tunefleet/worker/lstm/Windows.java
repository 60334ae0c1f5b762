package dev.tunefleet.worker.lstm;

/**
 * Overlapping windows of one long series.
 *
 * @param series [row][feature], row by row
 * @param features per row
 * @param sequence rows per window
 * @param origins [sample] the row after the last input row of each window, which is the first row to be forecast
 * @param centred how many leading features of a window are given less their mean over the window
 */
public record Windows(float[] series, int features, int sequence, int[] origins, int centred) implements Samples {
    public Windows {
        if (centred < 0 || centred > features) {
            throw new IllegalArgumentException("The centred features (" + centred
                    + ") of windows must be from 0 to the features of a row (" + features + ").");
        }
        int rows = series.length / features;
        for (int origin : origins) {
            if (origin < sequence || origin > rows) {
                throw new IllegalArgumentException(
                        "The origin (" + origin + ") of a window must lie between the sequence length (" + sequence
                                + ") and the number of rows (" + rows + ").");
            }
        }
    }

    /** Windows of values as they are. */
    public Windows(float[] series, int features, int sequence, int[] origins) {
        this(series, features, sequence, origins, 0);
    }

    /** The mean of {@code feature} over the window before {@code origin}. */
    float mean(int origin, int feature) {
        float sum = 0;
        for (int row = origin - sequence; row < origin; row++) {
            sum += series[row * features + feature];
        }
        return sum / sequence;
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
