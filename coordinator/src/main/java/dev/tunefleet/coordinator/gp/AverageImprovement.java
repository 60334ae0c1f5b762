package dev.tunefleet.coordinator.gp;

import java.util.Arrays;

/**
 * The log of h(z) = φ(z) + z Φ(z), the expected improvement in units of the deviation, averaged over many z at one place, with
 * its derivatives. All z go through the series side by side. Where even the largest is hopeless, so that 1 - tR would lose its
 * digits, each goes through its logarithm. Not thread-safe: it holds the latest place.
 */
final class AverageImprovement {

    /** The z below which 1 - tR is too small for a difference; its relative error grows as the square, to 2e-13 here. */
    private static final double HOPELESS = -25;

    /** Where the series ends: nothing is left of the tail, and infinity would make it undefined. */
    private static final double FAR = 1e100;

    private final double[] t;
    private final double[] mills;
    private final double[] scratch;
    private final double[] twice;
    private final double[] logH;
    private double sum;
    private double log;
    private boolean hopeless;

    /**
     * @param most the most z of a place
     */
    AverageImprovement(int most) {
        this.t = new double[most];
        this.mills = new double[most];
        this.scratch = new double[most];
        this.twice = new double[most];
        this.logH = new double[most];
    }

    /** log (1/S) Σ h(z) over the first S of {@code z}. */
    double log(double[] z, int count) {
        double most = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < count; s++) {
            t[s] = Math.min(Math.abs(z[s]), FAR);
            most = Math.max(most, z[s]);
        }
        hopeless = most < HOPELESS;
        log = hopeless ? logOfTails(z, count) : logOfSum(z, count);
        return log;
    }

    private double logOfSum(double[] z, int count) {
        LogExpectedImprovement.mills(t, count, mills, twice, scratch);
        sum = 0;
        for (int s = 0; s < count; s++) {
            double density = LogExpectedImprovement.density(z[s]);
            scratch[s] = density;
            sum += Math.max(z[s], 0) + density * (1 - t[s] * mills[s]);
        }
        return Math.log(sum / count);
    }

    private double logOfTails(double[] z, int count) {
        double most = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < count; s++) {
            logH[s] = LogExpectedImprovement.logH(z[s]);
            most = Math.max(most, logH[s]);
        }
        if (most == Double.NEGATIVE_INFINITY) {
            return most;
        }
        double ratios = 0;
        for (int s = 0; s < count; s++) {
            ratios += Math.exp(logH[s] - most);
        }
        return most + Math.log(ratios / count);
    }

    /**
     * The derivatives of the latest {@link #log} by each of its z; 0 where that is minus infinity.
     *
     * @param z [S] as given there
     * @param slopes [S] filled
     */
    void slopes(double[] z, int count, double[] slopes) {
        if (log == Double.NEGATIVE_INFINITY) {
            Arrays.fill(slopes, 0, count, 0);
            return;
        }
        for (int s = 0; s < count; s++) {
            slopes[s] = hopeless
                    ? Math.exp(logH[s] - log) / count * LogExpectedImprovement.slope(z[s], logH[s])
                    : (z[s] > 0 ? 1 - scratch[s] * mills[s] : scratch[s] * mills[s]) / sum;
        }
    }
}
