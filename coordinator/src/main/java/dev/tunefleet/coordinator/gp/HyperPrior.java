package dev.tunefleet.coordinator.gp;

/**
 * Independent log-normal priors on the hyperparameters: mean and standard deviation of each one's logarithm.
 *
 * <p>Length scales as in Hvarfner et al. 2024 (arXiv 2402.02229): log ℓ ~ N(√2 + ½ log d, 3), which grows with the number of
 * groups d so that a wide space does not look rougher than a narrow one.
 */
record HyperPrior(int groups) {

    static final double LENGTH_DEVIATION = Math.sqrt(3);
    static final double VARIANCE_MEAN = 0;
    static final double VARIANCE_DEVIATION = 1;
    static final double NOISE_MEAN = Math.log(1e-4);
    static final double NOISE_DEVIATION = 2.5;

    double lengthMean() {
        return Math.sqrt(2) + 0.5 * Math.log(Math.max(1, groups));
    }

    /** Minus the log density at θ, up to a constant; adds its derivatives to {@code gradient}. */
    double addTo(double[] theta, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < theta.length; i++) {
            double mean = i < groups ? lengthMean() : i == groups ? VARIANCE_MEAN : NOISE_MEAN;
            double deviation = i < groups ? LENGTH_DEVIATION : i == groups ? VARIANCE_DEVIATION : NOISE_DEVIATION;
            // The density is that of ℓ, not of log ℓ, whence the linear term; the others are taken on the log scale.
            double linear = i < groups ? 1 : 0;
            double distance = (theta[i] - mean) / deviation;
            sum += 0.5 * distance * distance + linear * theta[i];
            gradient[i] += distance / deviation + linear;
        }
        return sum;
    }
}
