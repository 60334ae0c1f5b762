package dev.tunefleet.coordinator.search;

import java.util.Arrays;

/**
 * A monotone map of results to about a standard normal distribution: what is far worse than the median is cut, the rest goes
 * through a power transform whose exponent is the most likely one, then mean 0 and deviation 1. A few terrible results
 * therefore do not flatten the differences among good ones.
 *
 * @param ceiling above which values are cut
 * @param lambda the exponent of Yeo and Johnson 2000
 */
record TargetTransform(double ceiling, double centre, double spread, double lambda, double mean, double deviation) {

    private static final double CUT = 5;

    /** Fits to the results among which the best is sought; at least one. */
    static TargetTransform fit(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double median = quantile(sorted, 0.5);
        double[] away = new double[sorted.length];
        for (int i = 0; i < away.length; i++) {
            away[i] = Math.abs(sorted[i] - median);
        }
        Arrays.sort(away);
        double mad = quantile(away, 0.5);
        double ceiling = median + CUT * (mad > 0 ? mad : spreadOfOthers(sorted, median));
        double[] kept = new double[sorted.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = Math.min(sorted[i], ceiling);
        }
        double centre = mean(kept);
        double spread = deviation(kept, centre);
        for (int i = 0; i < kept.length; i++) {
            kept[i] = (kept[i] - centre) / spread;
        }
        double lambda = exponent(kept);
        for (int i = 0; i < kept.length; i++) {
            kept[i] = power(kept[i], lambda);
        }
        double mean = mean(kept);
        return new TargetTransform(ceiling, centre, spread, lambda, mean, deviation(kept, mean));
    }

    /** The scale where most results equal the median: how far the best lies below it, or the typical one of those above. */
    private static double spreadOfOthers(double[] sorted, double median) {
        double below = median - sorted[0];
        double[] above = Arrays.stream(sorted)
                .filter(each -> each > median)
                .map(each -> each - median)
                .toArray();
        return below > 0 ? below : above.length > 0 ? quantile(above, 0.5) : Double.POSITIVE_INFINITY;
    }

    double apply(double value) {
        return (power((Math.min(value, ceiling) - centre) / spread, lambda) - mean) / deviation;
    }

    /** The exponent of the largest profile likelihood, with a weak pull towards no transform. */
    private static double exponent(double[] values) {
        double jacobian = 0;
        for (double value : values) {
            jacobian += Math.signum(value) * Math.log1p(Math.abs(value));
        }
        double[] moved = new double[values.length];
        double best = 1;
        double most = Double.NEGATIVE_INFINITY;
        for (double lambda = -1; lambda < 2.01; lambda += 0.05) {
            for (int i = 0; i < values.length; i++) {
                moved[i] = power(values[i], lambda);
            }
            double spread = Math.log(deviation(moved, mean(moved)));
            double likelihood = (lambda - 1) * jacobian - values.length * spread - 0.5 * (lambda - 1) * (lambda - 1);
            if (likelihood > most) {
                most = likelihood;
                best = lambda;
            }
        }
        return best;
    }

    /** Yeo and Johnson 2000, equation 3.1. */
    static double power(double y, double lambda) {
        if (y >= 0) {
            return Math.abs(lambda) < 1e-9 ? Math.log1p(y) : (Math.pow(y + 1, lambda) - 1) / lambda;
        }
        double other = 2 - lambda;
        return Math.abs(other) < 1e-9 ? -Math.log1p(-y) : -(Math.pow(1 - y, other) - 1) / other;
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double deviation(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(sum / values.length);
        return deviation > 1e-12 * (1 + Math.abs(mean)) ? deviation : 1;
    }
}
