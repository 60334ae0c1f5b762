package dev.tunefleet.coordinator.gp;

import java.util.Arrays;

/**
 * A Gaussian process with zero mean and Matérn-5/2 covariance, conditioned on points one by one. It holds places and their
 * factor only: targets are given when asked, so that one factor serves many of them. Not thread-safe; {@link #copy} is cheap.
 */
public final class GaussianProcess {

    private final Features features;
    private final Hyperparameters hyper;
    private final double[] inverseLength;
    private final CholeskyFactor factor;
    private double[][] x;

    public GaussianProcess(Features features, Hyperparameters hyper) {
        this(features, hyper, new CholeskyFactor(), new double[features.count()][32]);
    }

    private GaussianProcess(Features features, Hyperparameters hyper, CholeskyFactor factor, double[][] x) {
        this.features = features;
        this.hyper = hyper;
        this.factor = factor;
        this.x = x;
        this.inverseLength = new double[features.count()];
        for (int f = 0; f < inverseLength.length; f++) {
            inverseLength[f] = 1 / hyper.lengthScales()[features.group()[f]];
        }
    }

    /** A process on the same points that can be appended to without changing this one. O(n d). */
    public GaussianProcess copy() {
        double[][] places = new double[x.length][];
        for (int f = 0; f < x.length; f++) {
            places[f] = Arrays.copyOf(x[f], size() + 16);
        }
        return new GaussianProcess(features, hyper, factor.copy(), places);
    }

    public int size() {
        return factor.size();
    }

    public Features features() {
        return features;
    }

    public Hyperparameters hyperparameters() {
        return hyper;
    }

    public CholeskyFactor factor() {
        return factor;
    }

    /** Conditions on one more point. O(n²).
     *
     * @param point [d] its features
     * @param level its level of noise
     */
    public void append(double[] point, int level) {
        condition(point, hyper.noise()[level]);
    }

    /** Conditions on the signal itself at one more point, as if it had been seen without noise. O(n²).
     *
     * @param point [d] its features
     */
    public void appendSignal(double[] point) {
        condition(point, 0);
    }

    private void condition(double[] point, double noise) {
        int n = size();
        double[] covariances = new double[n];
        covariances(point, covariances);
        factor.append(covariances, hyper.variance() + noise);
        for (int f = 0; f < x.length; f++) {
            if (n == x[f].length) {
                x[f] = Arrays.copyOf(x[f], 2 * n);
            }
            x[f][n] = point[f] * inverseLength[f];
        }
    }

    /** Fills {@code row}[n] with the covariances of {@code point}[d] with the points so far. */
    public void covariances(double[] point, double[] row) {
        squaredDistances(point, row);
        Matern52.correlate(row, size(), hyper.variance());
    }

    private void squaredDistances(double[] point, double[] row) {
        int n = size();
        Arrays.fill(row, 0, n, 0);
        for (int f = 0; f < x.length; f++) {
            double[] places = x[f];
            double at = point[f] * inverseLength[f];
            for (int i = 0; i < n; i++) {
                double difference = places[i] - at;
                row[i] += difference * difference;
            }
        }
    }

    /**
     * The signal's variance at many places, and V = L⁻¹ k, whose product with z is the mean. O(n² m).
     *
     * @param points [m][d] features of the places
     * @param v [n][m] filled with V
     * @param variances [m] filled with the variance of the signal, at least 1e-10 of what it is far from all points
     */
    public void project(double[][] points, int m, double[][] v, double[] variances) {
        int n = size();
        double[][] at = new double[x.length][m];
        for (int f = 0; f < x.length; f++) {
            for (int c = 0; c < m; c++) {
                at[f][c] = points[c][f] * inverseLength[f];
            }
        }
        for (int i = 0; i < n; i++) {
            double[] row = v[i];
            Arrays.fill(row, 0, m, 0);
            for (int f = 0; f < x.length; f++) {
                addSquares(row, at[f], x[f][i], m);
            }
            Matern52.correlate(row, m, hyper.variance());
        }
        factor.forward(v, m);
        Arrays.fill(variances, 0, m, hyper.variance());
        for (int i = 0; i < n; i++) {
            double[] row = v[i];
            for (int c = 0; c < m; c++) {
                variances[c] -= row[c] * row[c];
            }
        }
        for (int c = 0; c < m; c++) {
            variances[c] = floor(variances[c]);
        }
    }

    private static void addSquares(double[] target, double[] at, double place, int m) {
        for (int c = 0; c < m; c++) {
            double difference = at[c] - place;
            target[c] += difference * difference;
        }
    }

    /** Rounding leaves less than this of a variance that should be 0. */
    double floor(double variance) {
        return Math.max(variance, 1e-10 * hyper.variance());
    }

    /**
     * The gradient of Σ w(i) k(point, x(i)) with respect to the point's features. O(n d).
     *
     * @param point [d] features
     * @param weights [n] w
     * @param gradient [d] to which it is added
     */
    public void addCovarianceGradient(double[] point, double[] weights, double[] gradient) {
        int n = size();
        double[] slope = new double[n];
        squaredDistances(point, slope);
        for (int i = 0; i < n; i++) {
            slope[i] = 2 * hyper.variance() * weights[i] * Matern52.slope(slope[i]);
        }
        for (int f = 0; f < x.length; f++) {
            double at = point[f] * inverseLength[f];
            double sum = 0;
            double[] places = x[f];
            for (int i = 0; i < n; i++) {
                sum += slope[i] * (at - places[i]);
            }
            gradient[f] += sum * inverseLength[f];
        }
    }
}
