package dev.tunefleet.worker.data;

import java.util.List;

import dev.tunefleet.common.spec.StudySpec;

/**
 * Which values are told relative to the mean of their window.
 *
 * @param columns the leading input columns that are: all of them or none
 * @param targetColumns [target] the input column of each target; −1 where a target is no input and stays as it is
 */
public record Centred(int columns, List<Integer> targetColumns) {

    private static final double EARLIER = 0.7;

    public Centred {
        targetColumns = List.copyOf(targetColumns);
    }

    static Centred of(StudySpec study, Series series, List<String> columns, Scaling scaling, int trainEnd) {
        List<Integer> targets =
                study.data().targets().stream().map(columns::indexOf).toList();
        boolean centred =
                switch (study.data().centring()) {
                    case WINDOW -> true;
                    case NONE -> false;
                    case AUTO -> wanders(study, series, scaling, targets, trainEnd);
                };
        return new Centred(centred ? columns.size() : 0, targets);
    }

    /**
     * Whether the level of the targets wanders: over the last rows of the training part, the mean of the window before is
     * a better forecast of the horizon's last row than the mean of the earlier rows.
     */
    private static boolean wanders(
            StudySpec study, Series series, Scaling scaling, List<Integer> targets, int trainEnd) {
        int earlier = (int) (trainEnd * EARLIER);
        int window = Math.min(study.longestSequence(), earlier);
        double local = 0;
        double global = 0;
        for (int column : targets) {
            if (column >= 0) {
                float[] values = series.column(scaling.columns().get(column));
                double[] sums = sums(values, trainEnd);
                double deviation = scaling.deviations().get(column);
                double past = sums[earlier] / earlier;
                for (int origin = earlier; origin + study.data().horizon() <= trainEnd; origin++) {
                    double actual = values[origin + study.data().horizon() - 1];
                    double recent = (sums[origin] - sums[origin - window]) / window;
                    local += square((actual - recent) / deviation);
                    global += square((actual - past) / deviation);
                }
            }
        }
        return local < global;
    }

    /** [row] the sum of the rows before, one more than there are rows. */
    private static double[] sums(float[] values, int rows) {
        double[] sums = new double[rows + 1];
        for (int row = 0; row < rows; row++) {
            sums[row + 1] = sums[row] + values[row];
        }
        return sums;
    }

    private static double square(double value) {
        return value * value;
    }
}
