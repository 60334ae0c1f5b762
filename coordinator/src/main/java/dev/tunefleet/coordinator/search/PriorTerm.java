package dev.tunefleet.coordinator.search;

import java.util.Map;

import dev.tunefleet.coordinator.gp.LogExpectedImprovement;
import dev.tunefleet.coordinator.gp.Normal;

/**
 * The prior's log density times a weight that falls with the number of results (Hvarfner et al. 2022, arXiv 2204.11051), floored
 * at a thousandth of its maximum so that no point is ever ruled out.
 *
 * @param centres [d] in the cube
 * @param widths [d] in the cube; infinite where nothing is believed
 */
record PriorTerm(double[] centres, double[] widths, double weight) {

    private static final double BETA = 10;
    private static final double FLOOR = Math.log(1e-3);

    static PriorTerm of(SearchView view, UnitCube cube) {
        double[] centres = new double[cube.dimension()];
        double[] widths = new double[cube.dimension()];
        Map<String, Prior.Belief> beliefs = view.prior().beliefs();
        for (int i = 0; i < centres.length; i++) {
            Prior.Belief belief = beliefs.get(cube.parameter(i).name());
            centres[i] = belief == null ? 0 : cube.encode(cube.parameter(i), belief.centre());
            widths[i] = belief == null ? Double.POSITIVE_INFINITY : belief.width();
        }
        // Results of low rungs count as well: where halving gives few full ones, a prior that is wrong would rule for
        // too long.
        long results = view.observations().stream()
                .filter(each -> each.outcome() instanceof Outcome.Measured)
                .count();
        return new PriorTerm(centres, widths, beliefs.isEmpty() ? 0 : BETA / Math.max(1, results));
    }

    double value(double[] point) {
        return weight == 0 ? 0 : weight * Math.max(FLOOR, log(point));
    }

    /** Adds the derivatives of the value at {@code point} to {@code gradient}, both [d]. */
    void addGradient(double[] point, double[] gradient) {
        if (weight == 0 || log(point) <= FLOOR) {
            return;
        }
        for (int i = 0; i < point.length; i++) {
            gradient[i] -= weight * (point[i] - centres[i]) / (widths[i] * widths[i]);
        }
    }

    /** Whether a share of the points that open a study should be drawn from the prior. */
    boolean informative() {
        return weight > 0;
    }

    /** Moves a uniform point of the cube to where the prior's quantiles are. */
    double[] draw(double[] u) {
        double[] point = u.clone();
        for (int i = 0; i < u.length; i++) {
            if (Double.isFinite(widths[i]) && centres[i] != UnitCube.OFF) {
                double low = Math.exp(LogExpectedImprovement.logCdf(-centres[i] / widths[i]));
                double high = Math.exp(LogExpectedImprovement.logCdf((1 - centres[i]) / widths[i]));
                double quantile = Normal.quantile(Math.clamp(low + u[i] * (high - low), 1e-9, 1 - 1e-9));
                point[i] = Math.clamp(centres[i] + widths[i] * quantile, 0, 1);
            }
        }
        return point;
    }

    private double log(double[] point) {
        double sum = 0;
        for (int i = 0; i < point.length; i++) {
            double away = (point[i] - centres[i]) / widths[i];
            sum -= 0.5 * away * away;
        }
        return sum;
    }
}
