package dev.tunefleet.coordinator.gp;

/**
 * What the likelihood chooses: a length scale per group of features, the signal variance and the noise variance at each level
 * of noise.
 *
 * @param lengthScales [groups] in units of the features
 * @param variance of the signal
 * @param noise [levels] variance of the noise
 */
public record Hyperparameters(double[] lengthScales, double variance, double[] noise) {

    public Hyperparameters {
        lengthScales = lengthScales.clone();
        noise = noise.clone();
    }

    /** θ: log length scales, log variance, log noise. */
    static Hyperparameters of(double[] theta, int groups) {
        double[] lengthScales = new double[groups];
        for (int g = 0; g < groups; g++) {
            lengthScales[g] = Math.exp(theta[g]);
        }
        double[] noise = new double[theta.length - groups - 1];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = Math.exp(theta[groups + 1 + i]);
        }
        return new Hyperparameters(lengthScales, Math.exp(theta[groups]), noise);
    }
}
