package dev.tunefleet.coordinator.gp;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    /**
     * Predicts each target from the points of all other groups. With B the points of one group and Λ = (K⁻¹)BB, the targets of B
     * have mean y - Λ⁻¹ α and covariance Λ⁻¹ given all others: equations 5.10 to 5.12 of Rasmussen and Williams 2006 where B is
     * one point, and the inverse of a partitioned matrix (their A.11 and A.12) where it is more. O(n³).
     *
     * @param group [n] the group of each point, any numbers
     * @return [n][2] mean and variance of each target, its noise included
     */
    public double[][] leaveOut(int[] group) {
        int n = process.size();
        double[] y = targets();
        double[] alpha = z.clone();
        process.factor().backward(alpha);
        double[][] result = new double[n][];
        IntStream.range(0, n)
                .boxed()
                .collect(Collectors.groupingBy(i -> group[i]))
                .values()
                .forEach(members -> {
                    int[] block = members.stream().mapToInt(Integer::intValue).toArray();
                    double[] shift =
                            IntStream.of(block).mapToDouble(i -> alpha[i]).toArray();
                    CholeskyFactor precision = precision(block);
                    precision.forward(shift);
                    precision.backward(shift);
                    for (int a = 0; a < block.length; a++) {
                        result[block[a]] = new double[] {y[block[a]] - shift[a], inverted(precision, a)};
                    }
                });
        return result;
    }

    /** y = L z. */
    private double[] targets() {
        double[] y = new double[process.size()];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j <= i; j++) {
                y[i] += process.factor().entry(i, j) * z[j];
            }
        }
        return y;
    }

    /** The factor of these rows and columns of K⁻¹. */
    private CholeskyFactor precision(int[] block) {
        double[][] columns = new double[block.length][process.size()];
        var factor = new CholeskyFactor();
        for (int a = 0; a < block.length; a++) {
            columns[a][block[a]] = 1;
            process.factor().forward(columns[a]);
            double[] products = new double[a + 1];
            for (int c = 0; c <= a; c++) {
                for (int k = block[a]; k < columns[a].length; k++) {
                    products[c] += columns[a][k] * columns[c][k];
                }
            }
            factor.append(Arrays.copyOf(products, a), products[a]);
        }
        return factor;
    }

    /** The entry (a, a) of the inverse of a factored matrix. */
    private static double inverted(CholeskyFactor factor, int a) {
        double[] column = new double[factor.size()];
        column[a] = 1;
        factor.forward(column);
        return Arrays.stream(column).map(each -> each * each).sum();
    }
}
