package dev.tunefleet.coordinator.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.tunefleet.coordinator.gp.Features;
import dev.tunefleet.coordinator.gp.GaussianProcess;
import dev.tunefleet.coordinator.gp.HyperFit;
import dev.tunefleet.coordinator.gp.Hyperparameters;
import dev.tunefleet.coordinator.gp.Posterior;

/**
 * Fits the small processes beside the objective's own (feasibility, cost) and remembers their hyperparameters by what they were
 * fitted to, so that most asks fit none. A result is a function of the arguments. Thread-safe.
 */
final class HyperMemo {

    private static final int CAPACITY = 64;

    /** A point of such a process: its features and target. */
    record Sample(List<Double> features, double target) {}

    private final Map<List<Sample>, Hyperparameters> fitted = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Sample>, Hyperparameters> eldest) {
            return size() > CAPACITY;
        }
    };

    private final Fitting fitting;

    HyperMemo(Fitting fitting) {
        this.fitting = fitting;
    }

    /** A posterior of all samples whose hyperparameters fit the first of them, {@link #fitted} in number. */
    Posterior posterior(Features features, List<Sample> samples) {
        List<Sample> first = List.copyOf(samples.subList(0, fitted(samples.size())));
        return posterior(features, hyperparameters(features, first), samples);
    }

    /** To how many of {@code size} samples hyperparameters are fitted: the last size on a growing scale. */
    static int fitted(int size) {
        int n = 1;
        while (n + 1 + n / 4 <= size) {
            n += 1 + n / 4;
        }
        return n;
    }

    static Posterior posterior(Features features, Hyperparameters hyper, List<Sample> samples) {
        var process = new GaussianProcess(features, hyper);
        double[] y = new double[samples.size()];
        for (int i = 0; i < y.length; i++) {
            process.append(array(samples.get(i)), 0);
            y[i] = samples.get(i).target();
        }
        return new Posterior(process, y);
    }

    private Hyperparameters hyperparameters(Features features, List<Sample> first) {
        synchronized (fitted) {
            Hyperparameters known = fitted.get(first);
            if (known != null) {
                return known;
            }
        }
        int n = first.size();
        double[][] x = new double[features.count()][n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            double[] row = array(first.get(i));
            for (int f = 0; f < row.length; f++) {
                x[f][i] = row[f];
            }
            y[i] = first.get(i).target();
        }
        Hyperparameters hyper = fitting.run(() -> HyperFit.fit(features, x, y, new int[n], 1));
        synchronized (fitted) {
            fitted.put(first, hyper);
        }
        return hyper;
    }

    private static double[] array(Sample sample) {
        return sample.features().stream().mapToDouble(Double::doubleValue).toArray();
    }
}
