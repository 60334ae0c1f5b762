package dev.tunefleet.coordinator.gp;

import java.util.Arrays;

/** A Gaussian process with its targets: what it predicts where nothing was seen yet. Not thread-safe. */
public final class Posterior {

    private final GaussianProcess process;
    private final double[] z;

    /**
     * @param y [n] a target for each point of the process. O(n²).
     */
    public Posterior(GaussianProcess process, double[] y) {
        this(process, Arrays.copyOf(y, process.size()), false);
        process.factor().forward(z);
    }

    private Posterior(GaussianProcess process, double[] z, boolean copied) {
        this.process = process;
        this.z = copied ? z.clone() : z;
    }

    /** The posterior of targets that are given as z = L⁻¹ y, [n]; a 0 means a target that was expected exactly. */
    public static Posterior ofWhitened(GaussianProcess process, double[] z) {
        return new Posterior(process, z, true);
    }

    public GaussianProcess process() {
        return process;
    }

    /** z = L⁻¹ y. */
    public double[] whitened() {
        return z.clone();
    }

    /**
     * Predicts the signal at m places.
     *
     * @param points [m][d] features
     * @param means [m] filled
     * @param variances [m] filled
     */
    public void predict(double[][] points, int count, double[] means, double[] variances) {
        int n = process.size();
        double[][] v = new double[n][Blocks.WIDTH];
        double[] blockVariances = new double[Blocks.WIDTH];
        Blocks.each(points, count, (block, from, m) -> {
            process.project(block, m, v, blockVariances);
            for (int c = 0; c < m; c++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += z[i] * v[i][c];
                }
                means[from + c] = sum;
                variances[from + c] = blockVariances[c];
            }
        });
    }

    /** Log density of each target when it alone is left out (Rasmussen and Williams 2006, equations 5.10 to 5.12): its mean
     * and variance, as rows of [n][2]. O(n³). */
    public double[][] leaveOneOut() {
        int n = process.size();
        double[] alpha = z.clone();
        process.factor().backward(alpha);
        double[][] result = new double[n][];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                y[i] += process.factor().entry(i, j) * z[j];
            }
        }
        for (int i = 0; i < n; i++) {
            double[] unit = new double[n];
            unit[i] = 1;
            process.factor().forward(unit);
            double precision = 0;
            for (int j = i; j < n; j++) {
                precision += unit[j] * unit[j];
            }
            result[i] = new double[] {y[i] - alpha[i] / precision, 1 / precision};
        }
        return result;
    }
}
