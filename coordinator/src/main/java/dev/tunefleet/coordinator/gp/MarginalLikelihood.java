package dev.tunefleet.coordinator.gp;

import java.util.Arrays;

/**
 * Minus the log posterior of the hyperparameters: the marginal likelihood of y under a zero mean (Rasmussen and Williams 2006,
 * equations 2.30 and 5.9) and the priors, with its gradient. O(n³) for each evaluation; buffers are kept between them.
 * Not thread-safe.
 */
final class MarginalLikelihood {

    private final int n;
    private final int groups;
    private final int levels;
    private final double[][] squares;
    private final double[] y;
    private final int[] level;
    private final HyperPrior prior;

    private final double[] r2;
    private final double[] decay;
    private final double[][] u;
    private final double[][] inverse;
    private final double[] alpha;

    /**
     * @param x [d][n] features
     * @param y [n] targets, about zero mean and unit variance
     * @param level [n] the level of noise of each target
     */
    MarginalLikelihood(Features features, double[][] x, double[] y, int[] level, int levels) {
        this.n = y.length;
        this.groups = features.groups();
        this.levels = levels;
        this.y = y;
        this.level = level;
        this.prior = new HyperPrior(groups);
        this.squares = squares(features, x, n);
        this.r2 = new double[n * (n - 1) / 2];
        this.decay = new double[r2.length];
        this.u = new double[n][n];
        this.inverse = new double[n][n];
        this.alpha = new double[n];
    }

    int dimension() {
        return groups + 1 + levels;
    }

    /** The value at θ; fills {@code gradient}. Positive infinity where the covariance is not positive definite. */
    double evaluate(double[] theta, double[] gradient) {
        Arrays.fill(gradient, 0);
        double variance = Math.exp(theta[groups]);
        covariance(theta, variance);
        if (!factorise()) {
            return Double.POSITIVE_INFINITY;
        }
        invert();
        solve();
        double value = 0.5 * n * Math.log(2 * Math.PI);
        for (int i = 0; i < n; i++) {
            value += Math.log(u[i][i]) + 0.5 * y[i] * alpha[i];
        }
        slopes(theta, variance, gradient);
        return value + prior.addTo(theta, gradient);
    }

    private static double[][] squares(Features features, double[][] x, int n) {
        double[][] squares = new double[features.groups()][n * (n - 1) / 2];
        for (int f = 0; f < features.count(); f++) {
            double[] target = squares[features.group()[f]];
            double[] row = x[f];
            int pair = 0;
            for (int i = 1; i < n; i++) {
                for (int j = 0; j < i; j++, pair++) {
                    double difference = row[i] - row[j];
                    target[pair] += difference * difference;
                }
            }
        }
        return squares;
    }

    /** Fills the upper triangle of u with the covariance, r2 with correlations and decay with -2 dk/dr² at variance 1. */
    private void covariance(double[] theta, double variance) {
        Arrays.fill(r2, 0);
        for (int g = 0; g < groups; g++) {
            addScaled(r2, squares[g], Math.exp(-2 * theta[g]));
        }
        for (int pair = 0; pair < r2.length; pair++) {
            double s = Math.sqrt(5 * r2[pair]);
            double e = Math.exp(-s);
            r2[pair] = (1 + s + s * s / 3) * e;
            decay[pair] = 5.0 / 3 * (1 + s) * e;
        }
        int pair = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++, pair++) {
                u[j][i] = variance * r2[pair];
            }
            u[i][i] = variance + Math.exp(theta[groups + 1 + level[i]]);
        }
    }

    private static void addScaled(double[] target, double[] source, double factor) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * source[i];
        }
    }

    /** K = Uᵀ U in the upper triangle of u, row by row. */
    private boolean factorise() {
        for (int i = 0; i < n; i++) {
            double[] target = u[i];
            for (int k = 0; k < i; k++) {
                subtract(target, u[k], u[k][i], i, n);
            }
            if (!(target[i] > 0)) {
                return false;
            }
            double scale = 1 / Math.sqrt(target[i]);
            for (int j = i; j < n; j++) {
                target[j] *= scale;
            }
        }
        return true;
    }

    /** The lower triangle of K⁻¹ = Yᵀ Y with Y = U⁻ᵀ, which overwrites the lower triangle's buffer row by row. */
    private void invert() {
        for (int j = 0; j < n; j++) {
            double[] target = inverse[j];
            Arrays.fill(target, 0, j, 0);
            target[j] = 1;
            for (int k = 0; k < j; k++) {
                subtract(target, inverse[k], u[k][j], 0, k + 1);
            }
            double scale = 1 / u[j][j];
            for (int k = 0; k <= j; k++) {
                target[k] *= scale;
            }
        }
        // Row a of K⁻¹ needs rows j ≥ a of Y only, so it can replace row a of Y once all smaller rows are done.
        for (int a = 0; a < n; a++) {
            double[] target = inverse[a];
            double own = target[a];
            for (int k = 0; k <= a; k++) {
                target[k] *= own;
            }
            for (int j = a + 1; j < n; j++) {
                subtract(target, inverse[j], -inverse[j][a], 0, a + 1);
            }
        }
    }

    private static void subtract(double[] target, double[] source, double factor, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] -= factor * source[i];
        }
    }

    /** α = K⁻¹ y by two triangular solves. */
    private void solve() {
        System.arraycopy(y, 0, alpha, 0, n);
        for (int k = 0; k < n; k++) {
            alpha[k] /= u[k][k];
            subtract(alpha, u[k], alpha[k], k + 1, n);
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = alpha[i];
            for (int j = i + 1; j < n; j++) {
                sum -= u[i][j] * alpha[j];
            }
            alpha[i] = sum / u[i][i];
        }
    }

    private void slopes(double[] theta, double variance, double[] gradient) {
        double signal = 0;
        int pair = 0;
        for (int i = 0; i < n; i++) {
            double[] row = inverse[i];
            double own = row[i] - alpha[i] * alpha[i];
            signal += 0.5 * own;
            int noise = groups + 1 + level[i];
            gradient[noise] += 0.5 * own * Math.exp(theta[noise]);
            for (int j = 0; j < i; j++, pair++) {
                double weight = row[j] - alpha[i] * alpha[j];
                signal += weight * r2[pair];
                decay[pair] *= weight;
            }
        }
        gradient[groups] = signal * variance;
        for (int g = 0; g < groups; g++) {
            gradient[g] = variance * Math.exp(-2 * theta[g]) * dot(decay, squares[g]);
        }
    }

    private static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        int i = 0;
        for (; i + 1 < a.length; i += 2) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
        }
        return i < a.length ? s0 + s1 + a[i] * b[i] : s0 + s1;
    }
}
