package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.coordinator.gp.Acquisition;
import dev.tunefleet.coordinator.gp.Boxes;
import dev.tunefleet.coordinator.gp.GaussianProcess;
import dev.tunefleet.coordinator.gp.HypervolumeImprovement;
import dev.tunefleet.coordinator.gp.Posterior;

/** The model of a study with several objectives: one process for each, and the hypervolume that a trial may add. */
final class Tradeoff {

    /** How far beyond the worst results the reference point lies, as a share of their range. */
    private static final double MARGIN = 0.1;

    private final Layout layout;
    private final ParetoFront front;
    private final List<Posterior> posteriors = new ArrayList<>();
    private final double[][] targets;

    private Tradeoff(Layout layout, ParetoFront front) {
        this.layout = layout;
        this.front = front;
        this.targets = new double[front.trials().size()][front.values()[0].length];
    }

    /** The model of trials with a full result in each objective, of which there must be one. */
    static Tradeoff of(SearchView view, Layout layout, ParetoFront front, SurrogateCache cache) {
        var tradeoff = new Tradeoff(layout, front);
        for (int k = 0; k < view.goals().size(); k++) {
            double[] values = front.objective(k);
            var rows = new ArrayList<Row>();
            for (int i = 0; i < values.length; i++) {
                Observation each = front.trials().get(i);
                rows.add(new Row(each.trial(), view.fullEpochs(), each.configuration(), values[i]));
            }
            Surrogate surrogate = cache.take(view, layout, rows);
            double[] standardised = standardise(
                    surrogate.rows().stream().mapToDouble(Row::value).toArray(), values);
            tradeoff.posteriors.add(new Posterior(surrogate.process().copy(), standardised));
            double[] own = standardise(values, values);
            for (int i = 0; i < own.length; i++) {
                tradeoff.targets[i][k] = own[i];
            }
            cache.put(view, surrogate);
        }
        return tradeoff;
    }

    /** Mean 0 and deviation 1 in {@code all}; an affine map, so that hypervolumes keep their proportions. */
    private static double[] standardise(double[] values, double[] all) {
        double mean = Arrays.stream(all).average().orElseThrow();
        double square = Arrays.stream(all)
                .map(each -> (each - mean) * (each - mean))
                .average()
                .orElseThrow();
        double deviation = square > 0 ? Math.sqrt(square) : 1;
        return Arrays.stream(values).map(each -> (each - mean) / deviation).toArray();
    }

    List<Configuration> best() {
        return front.best().stream().map(Observation::configuration).toList();
    }

    /** The gain of a further trial when the pending ones bring what is predicted of them. */
    Acquisition improvement(List<Configuration> pending) {
        double[][] features = pending.stream().map(layout::full).toArray(double[][]::new);
        double[][] believed = new double[features.length][posteriors.size()];
        var extended = new ArrayList<Posterior>();
        for (int k = 0; k < posteriors.size(); k++) {
            double[] means = new double[features.length];
            posteriors.get(k).predict(features, features.length, means, new double[features.length]);
            extended.add(believe(posteriors.get(k), features));
            for (int q = 0; q < features.length; q++) {
                believed[q][k] = means[q];
            }
        }
        double[][] points =
                Stream.concat(Arrays.stream(targets), Arrays.stream(believed)).toArray(double[][]::new);
        return new HypervolumeImprovement(extended, Boxes.below(points, reference()));
    }

    private static Posterior believe(Posterior posterior, double[][] features) {
        GaussianProcess process = posterior.process().copy();
        for (double[] each : features) {
            process.append(each, 0);
        }
        return Posterior.ofWhitened(process, Arrays.copyOf(posterior.whitened(), process.size()));
    }

    private double[] reference() {
        double[] reference = new double[posteriors.size()];
        for (int k = 0; k < reference.length; k++) {
            int objective = k;
            double most = Arrays.stream(targets)
                    .mapToDouble(each -> each[objective])
                    .max()
                    .orElseThrow();
            double least = Arrays.stream(targets)
                    .mapToDouble(each -> each[objective])
                    .min()
                    .orElseThrow();
            reference[k] = most + MARGIN * (most - least);
        }
        return reference;
    }
}
