package dev.tunefleet.coordinator.gp;

/** The standard normal distribution. */
public final class Normal {

    private Normal() {}

    /** The number below which a standard normal variable lies with probability {@code p} of (0,1): Newton's steps on log Φ. */
    public static double quantile(double p) {
        if (p > 0.5) {
            return -quantile(1 - p);
        }
        double logP = Math.log(p);
        double x = p > 1e-3 ? Math.log(p / (1 - p)) / 1.702 : -Math.sqrt(-2 * logP);
        for (int i = 0; i < 20; i++) {
            double step = (LogExpectedImprovement.logCdf(x) - logP) / LogExpectedImprovement.logCdfSlope(x);
            x -= step;
            if (Math.abs(step) < 1e-13) {
                break;
            }
        }
        return x;
    }
}
