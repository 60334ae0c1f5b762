package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The trials with full results in every objective, and which of them no other beats in all.
 *
 * @param trials by number
 * @param values [n][k] of each, turned so that small is good; logarithms of a minimised objective whose values are all positive
 */
public record ParetoFront(List<Observation> trials, double[][] values) {

    /** Reads the view's trials; those that lack an objective or did not reach the top rung are left out. */
    public static ParetoFront of(SearchView view) {
        int objectives = view.goals().size();
        List<Observation> trials = view.observations().stream()
                .filter(each -> each.outcome() instanceof Outcome.Measured measured
                        && measured.further().size() == objectives - 1
                        && measured.last().epochs() >= view.fullEpochs())
                .sorted(Comparator.comparingLong(Observation::trial))
                .toList();
        double[][] values = new double[trials.size()][objectives];
        for (int k = 0; k < objectives; k++) {
            double sign = view.goals().get(k).sign();
            boolean log = sign > 0;
            for (Observation each : trials) {
                log &= value(each, k) > 0;
            }
            for (int i = 0; i < values.length; i++) {
                double value = sign * value(trials.get(i), k);
                values[i][k] = log ? Math.log(value) : value;
            }
        }
        return new ParetoFront(trials, values);
    }

    private static double value(Observation observation, int objective) {
        var measured = (Outcome.Measured) observation.outcome();
        return objective == 0 ? measured.last().value() : measured.further().get(objective - 1);
    }

    /** The trials that no other beats in all objectives, by number. */
    public List<Observation> best() {
        var best = new ArrayList<Observation>();
        for (int i = 0; i < values.length; i++) {
            double[] own = values[i];
            if (Arrays.stream(values).noneMatch(other -> dominates(other, own))) {
                best.add(trials.get(i));
            }
        }
        return best;
    }

    private static boolean dominates(double[] a, double[] b) {
        boolean better = false;
        for (int k = 0; k < a.length; k++) {
            if (a[k] > b[k]) {
                return false;
            }
            better |= a[k] < b[k];
        }
        return better;
    }

    /** The values of objective {@code k}, [n]. */
    double[] objective(int k) {
        return Arrays.stream(values).mapToDouble(each -> each[k]).toArray();
    }
}
