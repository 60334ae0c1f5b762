package dev.tunefleet.worker.data;

import java.util.EnumMap;
import java.util.Map;

import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.trial.Scores;

/**
 * Scores forecasts of one data set. Sums in double in the order of the origins.
 *
 * <p>MSE, MAE and RMSE are means over origins, steps and targets of standardised values. SMAPE is the mean of
 * 2|f − a| / (|f| + |a|) on raw values, 0 where both are 0 (Makridakis 1993). MASE is the mean over targets of the mean absolute
 * error over that of the one-step naive forecast on the training part (Hyndman and Koehler 2006, equation 3), absent
 * where a target does not change in training.
 */
public final class Accuracy {

    private final ForecastData data;
    private final double[] naive;

    public Accuracy(ForecastData data) {
        this.data = data;
        this.naive = naive(data);
    }

    private static double[] naive(ForecastData data) {
        int width = data.targetCount();
        int trainEnd = data.parts().trainEnd();
        double[] naive = new double[width];
        for (int row = 1; row < trainEnd; row++) {
            for (int target = 0; target < width; target++) {
                int at = row * width + target;
                naive[target] += Math.abs((double) data.targets()[at] - data.targets()[at - width]);
            }
        }
        for (int target = 0; target < width; target++) {
            naive[target] /= trainEnd - 1;
        }
        return naive;
    }

    /**
     * The errors of {@code forecasts} at {@code origins} in every metric that exists.
     *
     * @param forecasts [origin][step][target], standardised; may be longer
     */
    public Scores scores(float[] forecasts, int[] origins) {
        int width = data.targetCount();
        int outputs = data.outputs();
        double[] absolute = new double[width];
        double squared = 0;
        double symmetric = 0;
        for (int i = 0; i < origins.length; i++) {
            for (int step = 0; step < outputs; step++) {
                int target = step % width;
                double forecast = forecasts[i * outputs + step];
                double actual = data.targets()[origins[i] * width + step];
                double error = forecast - actual;
                squared += error * error;
                absolute[target] += Math.abs(error);
                symmetric += symmetric(
                        data.targetScaling().raw(target, forecast),
                        data.targetScaling().raw(target, actual));
            }
        }
        return scores(squared, absolute, symmetric, (double) origins.length * outputs);
    }

    private Scores scores(double squared, double[] absolute, double symmetric, double count) {
        Map<Metric, Double> errors = new EnumMap<>(Metric.class);
        double sum = 0;
        double scaled = 0;
        for (int target = 0; target < absolute.length; target++) {
            sum += absolute[target];
            scaled += absolute[target] / naive[target];
        }
        errors.put(Metric.MSE, squared / count);
        errors.put(Metric.RMSE, Math.sqrt(squared / count));
        errors.put(Metric.MAE, sum / count);
        errors.put(Metric.SMAPE, symmetric / count);
        if (Double.isFinite(scaled)) {
            errors.put(Metric.MASE, scaled / count);
        }
        return new Scores(errors);
    }

    private static double symmetric(double forecast, double actual) {
        double size = Math.abs(forecast) + Math.abs(actual);
        return size == 0 ? 0 : 2 * Math.abs(forecast - actual) / size;
    }
}
