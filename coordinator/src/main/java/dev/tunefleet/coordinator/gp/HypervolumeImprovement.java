package dev.tunefleet.coordinator.gp;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The log of the expected gain in hypervolume of a front of several objectives with independent processes. Over a box the gain
 * is a product of the differences of two expected improvements for each objective: with EI(t) = E[max(0, t - Y)],
 * E[max(0, high - max(Y, low))] = EI(high) - EI(low), so that the sum over disjoint boxes is exact (Yang et al. 2019, in this
 * form). Beside the predictions O(b k) for b boxes, and an EI for each level at which sides of boxes lie, not for each box.
 */
public final class HypervolumeImprovement implements Acquisition {

    private static final double LEAST = 1e-300;

    private final List<Posterior> objectives;
    private final List<Sides> sides;

    /** What all boxes have of one objective: the levels of their sides, [l] ascending, and which those of each box are, [b]. */
    private record Sides(double[] levels, int[] low, int[] high) {

        static Sides of(Boxes boxes, int objective) {
            double[] low = objective(boxes.low(), objective);
            double[] high = objective(boxes.high(), objective);
            double[] levels = DoubleStream.concat(Arrays.stream(low), Arrays.stream(high))
                    .distinct()
                    .sorted()
                    .toArray();
            return new Sides(levels, indices(low, levels), indices(high, levels));
        }

        private static double[] objective(double[][] corners, int objective) {
            return Arrays.stream(corners).mapToDouble(each -> each[objective]).toArray();
        }

        private static int[] indices(double[] values, double[] levels) {
            return Arrays.stream(values)
                    .mapToInt(each -> Arrays.binarySearch(levels, each))
                    .toArray();
        }

        /** By how much a function, 0 at minus infinity, grows from the lower to the upper side of each box, [b]. */
        double[] growth(DoubleUnaryOperator function) {
            double[] at = Arrays.stream(levels)
                    .map(level -> level == Double.NEGATIVE_INFINITY ? 0 : function.applyAsDouble(level))
                    .toArray();
            double[] growth = new double[low.length];
            for (int b = 0; b < growth.length; b++) {
                growth[b] = at[high[b]] - at[low[b]];
            }
            return growth;
        }
    }

    /**
     * @param objectives k posteriors; what is pending may be among their points with the mean as its target
     * @param boxes what the front leaves, in units of the posteriors' targets
     */
    public HypervolumeImprovement(List<Posterior> objectives, Boxes boxes) {
        this.objectives = List.copyOf(objectives);
        this.sides = IntStream.range(0, objectives.size())
                .mapToObj(j -> Sides.of(boxes, j))
                .toList();
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
            values[c] += Math.log(Math.max(LEAST, gain(lengths(mean, deviation))));
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
        double[][] lengths = lengths(mean, deviation);
        double gain = gain(lengths);
        if (gain <= LEAST) {
            return Math.log(LEAST);
        }
        for (int j = 0; j < k; j++) {
            GaussianProcess process = objectives.get(j).process();
            double[] z = objectives.get(j).whitened();
            double[] w = v[j];
            double byMean = slope(lengths, j, byMean(j, mean[j], deviation[j]));
            double byDeviation = slope(lengths, j, byDeviation(j, mean[j], deviation[j]));
            for (int i = 0; i < w.length; i++) {
                w[i] = (byMean * z[i] - byDeviation / deviation[j] * w[i]) / gain;
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

    /** The expected length of each box in each objective, [k][b]: EI(high) - EI(low). */
    private double[][] lengths(double[] mean, double[] deviation) {
        double[][] lengths = new double[mean.length][];
        for (int j = 0; j < lengths.length; j++) {
            double centre = mean[j];
            double width = deviation[j];
            lengths[j] = sides.get(j)
                    .growth(level -> width * Math.exp(LogExpectedImprovement.logH((level - centre) / width)));
            for (int b = 0; b < lengths[j].length; b++) {
                lengths[j][b] = Math.max(0, lengths[j][b]);
            }
        }
        return lengths;
    }

    /** The derivative of objective j's lengths by its mean, [b]: that of EI is -Φ. */
    private double[] byMean(int j, double mean, double deviation) {
        return sides.get(j).growth(level -> -Math.exp(LogExpectedImprovement.logCdf((level - mean) / deviation)));
    }

    /** The derivative of objective j's lengths by its deviation, [b]: that of EI is φ. */
    private double[] byDeviation(int j, double mean, double deviation) {
        return sides.get(j).growth(level -> {
            double z = (level - mean) / deviation;
            return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
        });
    }

    /** The expected gain: the sum of the boxes' expected volumes. */
    private static double gain(double[][] lengths) {
        double sum = 0;
        for (int b = 0; b < lengths[0].length; b++) {
            double volume = 1;
            for (double[] each : lengths) {
                volume *= each[b];
            }
            sum += volume;
        }
        return sum;
    }

    /** The derivative of the gain by a quantity by which the lengths of objective j alone change, at the rates {@code derivative}[b]. */
    private static double slope(double[][] lengths, int j, double[] derivative) {
        double sum = 0;
        for (int b = 0; b < derivative.length; b++) {
            double volume = derivative[b];
            for (int i = 0; i < lengths.length; i++) {
                volume *= i == j ? 1 : lengths[i][b];
            }
            sum += volume;
        }
        return sum;
    }
}
