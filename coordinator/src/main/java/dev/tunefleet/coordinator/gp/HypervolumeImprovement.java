package dev.tunefleet.coordinator.gp;

import java.util.List;

/**
 * The log of the expected gain in hypervolume of a front of several objectives with independent processes. Over a box the gain
 * is a product of the differences of two expected improvements for each objective: with EI(t) = E[max(0, t - Y)],
 * E[max(0, high - max(Y, low))] = EI(high) - EI(low), so that the sum over disjoint boxes is exact (Yang et al. 2019, in this
 * form). O(b k) beside the predictions for b boxes.
 */
public final class HypervolumeImprovement implements Acquisition {

    private static final double LEAST = 1e-300;

    private final List<Posterior> objectives;
    private final Boxes boxes;

    /**
     * @param objectives k posteriors; what is pending may be among their points with the mean as its target
     * @param boxes what the front leaves, in units of the posteriors' targets
     */
    public HypervolumeImprovement(List<Posterior> objectives, Boxes boxes) {
        this.objectives = List.copyOf(objectives);
        this.boxes = boxes;
    }

    @Override
    public void addValues(double[][] points, int m, double[] values) {
        int k = objectives.size();
        double[][] means = new double[k][m];
        double[][] variances = new double[k][m];
        for (int j = 0; j < k; j++) {
            objectives.get(j).predict(points, m, means[j], variances[j]);
        }
        double[] mean = new double[k];
        double[] deviation = new double[k];
        for (int c = 0; c < m; c++) {
            for (int j = 0; j < k; j++) {
                mean[j] = means[j][c];
                deviation[j] = Math.sqrt(variances[j][c]);
            }
            values[c] += Math.log(Math.max(LEAST, gain(mean, deviation, new double[k], new double[k])));
        }
    }

    @Override
    public double addGradient(double[] point, double[] gradient) {
        int k = objectives.size();
        double[] mean = new double[k];
        double[] deviation = new double[k];
        double[][] v = new double[k][];
        for (int j = 0; j < k; j++) {
            v[j] = whitened(objectives.get(j), point, j, mean, deviation);
        }
        double[] byMean = new double[k];
        double[] byDeviation = new double[k];
        double gain = gain(mean, deviation, byMean, byDeviation);
        if (gain <= LEAST) {
            return Math.log(LEAST);
        }
        for (int j = 0; j < k; j++) {
            GaussianProcess process = objectives.get(j).process();
            double[] z = objectives.get(j).whitened();
            double[] w = v[j];
            for (int i = 0; i < w.length; i++) {
                w[i] = (byMean[j] * z[i] - byDeviation[j] / deviation[j] * w[i]) / gain;
            }
            process.factor().backward(w);
            process.addCovarianceGradient(point, w, gradient);
        }
        return Math.log(gain);
    }

    /** V = L⁻¹ k of one place, with the mean and deviation of objective j there. */
    private static double[] whitened(Posterior objective, double[] point, int j, double[] mean, double[] deviation) {
        GaussianProcess process = objective.process();
        double[] v = new double[process.size()];
        process.covariances(point, v);
        process.factor().forward(v);
        double[] z = objective.whitened();
        double variance = process.hyperparameters().variance();
        for (int i = 0; i < v.length; i++) {
            mean[j] += v[i] * z[i];
            variance -= v[i] * v[i];
        }
        deviation[j] = Math.sqrt(process.floor(variance));
        return v;
    }

    /** The expected gain; fills its derivatives by the means and the deviations. */
    private double gain(double[] mean, double[] deviation, double[] byMean, double[] byDeviation) {
        int k = mean.length;
        double sum = 0;
        double[][] sides = new double[k][];
        for (int b = 0; b < boxes.low().length; b++) {
            double volume = 1;
            for (int j = 0; j < k; j++) {
                sides[j] = side(boxes.low()[b][j], boxes.high()[b][j], mean[j], deviation[j]);
                volume *= sides[j][0];
            }
            sum += volume;
            for (int j = 0; j < k; j++) {
                double others = 1;
                for (int i = 0; i < k; i++) {
                    others *= i == j ? 1 : sides[i][0];
                }
                byMean[j] += others * sides[j][1];
                byDeviation[j] += others * sides[j][2];
            }
        }
        return sum;
    }

    /** The expected length of a side, and its derivatives by mean and deviation: those of EI are -Φ and φ. */
    private static double[] side(double low, double high, double mean, double deviation) {
        double[] upper = improvement(high, mean, deviation);
        double[] lower = improvement(low, mean, deviation);
        return new double[] {Math.max(0, upper[0] - lower[0]), upper[1] - lower[1], upper[2] - lower[2]};
    }

    private static double[] improvement(double target, double mean, double deviation) {
        if (target == Double.NEGATIVE_INFINITY) {
            return new double[3];
        }
        double z = (target - mean) / deviation;
        double density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
        double probability = Math.exp(LogExpectedImprovement.logCdf(z));
        return new double[] {deviation * Math.exp(LogExpectedImprovement.logH(z)), -probability, density};
    }
}
