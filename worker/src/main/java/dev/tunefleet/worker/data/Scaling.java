package dev.tunefleet.worker.data;

import java.util.Arrays;
import java.util.List;

/**
 * How columns are standardised: (value − mean) / deviation, both taken from the training rows alone.
 *
 * @param deviations standard deviations (of the population); 1 for a column that is constant in training
 */
public record Scaling(List<String> columns, List<Double> means, List<Double> deviations) {

    public Scaling {
        columns = List.copyOf(columns);
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
        if (means.size() != columns.size() || deviations.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "A scaling must have a mean and a deviation for each of " + columns + ".");
        }
    }

    /** Fitted on rows [0, trainEnd) of {@code columns}. */
    static Scaling fit(Series series, List<String> columns, int trainEnd) {
        double[] means = new double[columns.size()];
        double[] deviations = new double[columns.size()];
        for (int i = 0; i < means.length; i++) {
            float[] values = series.column(columns.get(i));
            means[i] = mean(values, trainEnd);
            deviations[i] = deviation(values, trainEnd, means[i]);
        }
        return new Scaling(columns, boxed(means), boxed(deviations));
    }

    private static double mean(float[] values, int rows) {
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += values[row];
        }
        return sum / rows;
    }

    private static double deviation(float[] values, int rows, double mean) {
        double squares = 0;
        for (int row = 0; row < rows; row++) {
            squares += (values[row] - mean) * (values[row] - mean);
        }
        double deviation = Math.sqrt(squares / rows);
        return deviation > 1e-9 * Math.max(1, Math.abs(mean)) ? deviation : 1;
    }

    private static List<Double> boxed(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    float standardised(int column, float value) {
        return (float) ((value - means.get(column)) / deviations.get(column));
    }

    public double raw(int column, double standardised) {
        return standardised * deviations.get(column) + means.get(column);
    }
}
