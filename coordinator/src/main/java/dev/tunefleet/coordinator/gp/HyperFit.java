package dev.tunefleet.coordinator.gp;

/** Chooses hyperparameters: the best of several maximum a posteriori searches from fixed starts, so that equal data fit equally. */
public final class HyperFit {

    private static final double LEAST_LENGTH = 5e-3;
    private static final double MOST_LENGTH = 1e2;
    private static final double LEAST_VARIANCE = 1e-2;
    private static final double MOST_VARIANCE = 1e2;
    private static final double LEAST_NOISE = 1e-6;
    private static final double MOST_NOISE = 1;
    private static final int EVALUATIONS = 40;

    private HyperFit() {}

    /**
     * Fits to n observations. O(n³) for each of at most 40 evaluations from each start.
     *
     * @param x [d][n] features
     * @param y [n] targets, standardised
     * @param level [n] the level of noise of each, below {@code levels}
     */
    public static Hyperparameters fit(Features features, double[][] x, double[] y, int[] level, int levels) {
        var likelihood = new MarginalLikelihood(features, x, y, level, levels);
        int groups = features.groups();
        var minimiser = new BoxMinimiser(low(groups, levels), high(groups, levels), EVALUATIONS, 1e-3, 1);
        BoxMinimiser.Minimum best = null;
        // Both are smooth: from short length scales without noise a search does not get away, whatever the data say.
        for (double[] start : new double[][] {{1, 1}, {1.5, 3e-2}}) {
            var found = minimiser.minimise(likelihood::evaluate, theta(groups, levels, start[0], start[1]));
            if (best == null || found.value() < best.value()) {
                best = found;
            }
        }
        return Hyperparameters.of(best.x(), groups);
    }

    private static double[] low(int groups, int levels) {
        return theta(groups, levels, LEAST_LENGTH, LEAST_VARIANCE, LEAST_NOISE);
    }

    private static double[] high(int groups, int levels) {
        return theta(groups, levels, MOST_LENGTH, MOST_VARIANCE, MOST_NOISE);
    }

    private static double[] theta(int groups, int levels, double length, double noise) {
        return theta(groups, levels, length, 1, noise);
    }

    private static double[] theta(int groups, int levels, double length, double variance, double noise) {
        double[] theta = new double[groups + 1 + levels];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = Math.log(i < groups ? length : i == groups ? variance : noise);
        }
        return theta;
    }
}
