package dev.tunefleet.coordinator.gp;

/**
 * Independent priors on the hyperparameters, on the scale of their logarithms, for targets of about unit variance in a unit
 * cube. Few results are explained by short length scales as well as by noise, but short ones see nothing worth trying except
 * the surroundings of the best: length scales below a third of the cube are therefore unlikely, noise is not. So are those
 * above three cubes, which would call a parameter idle before it was tried. The densities are those of Optuna's GP sampler.
 */
record HyperPrior(int groups) {

    /** The weight of ℓ² + ℓ⁻² for a length scale ℓ. */
    static final double LENGTH = 0.1;

    /** Shape and rate of the gamma densities of the signal's and of the noise's variance. */
    static final double SIGNAL_SHAPE = 2;

    static final double SIGNAL_RATE = 1;
    static final double NOISE_SHAPE = 1.1;
    static final double NOISE_RATE = 30;

    /** Minus the log density at θ, up to a constant; adds its derivatives to {@code gradient}. */
    double addTo(double[] theta, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < groups; i++) {
            double square = Math.exp(2 * theta[i]);
            sum += LENGTH * (square + 1 / square);
            gradient[i] += 2 * LENGTH * (square - 1 / square);
        }
        for (int i = groups; i < theta.length; i++) {
            double variance = Math.exp(theta[i]);
            double shape = i == groups ? SIGNAL_SHAPE : NOISE_SHAPE;
            double rate = i == groups ? SIGNAL_RATE : NOISE_RATE;
            sum += rate * variance - (shape - 1) * theta[i];
            gradient[i] += rate * variance - (shape - 1);
        }
        return sum;
    }
}
