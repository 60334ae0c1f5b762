package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import dev.tunefleet.coordinator.gp.GaussianProcess;
import dev.tunefleet.coordinator.gp.HyperFit;
import dev.tunefleet.coordinator.gp.Hyperparameters;

/**
 * A Gaussian process over rows whose hyperparameters come from the first of them, and which later rows are appended to. With
 * results in order of trials it is a function of the rows alone; where results of parallel trials overtake each other it also
 * depends on which came first. Beyond {@link #MOST} rows it holds the best, the newest and an even choice of the rest, so
 * that an ask costs the same however long the study. Not thread-safe.
 */
final class Surrogate {

    /** The rows that a process begins with at most, and those that likelihoods are computed of, which cost the cube. */
    private static final int MOST = 800;

    private static final int MOST_FITTED = 250;

    private final Layout layout;
    private final List<Row> rows = new ArrayList<>();
    private final Set<Row> known;
    private final GaussianProcess process;
    private final int fitted;

    private Surrogate(Layout layout, List<Row> first, GaussianProcess process) {
        this.layout = layout;
        this.known = new HashSet<>(first);
        this.process = process;
        this.fitted = first.size();
    }

    /** Fits to the first rows that {@code all}, sorted by trial, had at its last scheduled size, then appends the others. */
    static Surrogate of(Layout layout, List<Row> all) {
        List<Row> first = all.subList(0, scheduled(all.size()));
        double[] y = targets(first, layout.fullEpochs());
        int[] sample = choose(y, MOST_FITTED);
        double[][] x = new double[layout.embedding().features().count()][sample.length];
        double[] sampled = new double[sample.length];
        int[] level = new int[sample.length];
        for (int k = 0; k < sample.length; k++) {
            Row row = first.get(sample[k]);
            double[] features = layout.features(row);
            for (int f = 0; f < features.length; f++) {
                x[f][k] = features[f];
            }
            sampled[k] = y[sample[k]];
            level[k] = layout.level(row.epochs());
        }
        Hyperparameters hyper = HyperFit.fit(layout.embedding().features(), x, sampled, level, layout.levels());
        var surrogate = new Surrogate(
                layout, first, new GaussianProcess(layout.embedding().features(), hyper));
        for (int i : choose(y, MOST)) {
            surrogate.add(first.get(i));
        }
        surrogate.append(all);
        return surrogate;
    }

    /** Whether this surrogate may serve for {@code all} rows once the missing ones are appended. */
    boolean serves(List<Row> all) {
        return all.size() >= fitted && all.size() < next(fitted) && new HashSet<>(all).containsAll(known);
    }

    void append(List<Row> all) {
        for (Row row : all) {
            if (known.add(row)) {
                add(row);
            }
        }
    }

    private void add(Row row) {
        process.append(layout.features(row), layout.level(row.epochs()));
        rows.add(row);
    }

    GaussianProcess process() {
        return process;
    }

    /** The rows in the order in which the process has them. */
    List<Row> rows() {
        return rows;
    }

    /** The transformed values of the rows: small is good, about mean 0 and deviation 1. */
    double[] targets() {
        return targets(rows, layout.fullEpochs());
    }

    /**
     * The targets without what the model takes for noise, each at its own epochs: y - N K⁻¹ y, the posterior mean at the rows.
     *
     * @param whitened [n] L⁻¹ of the targets, or of what a trend leaves of them
     */
    double[] smoothed(double[] targets, double[] whitened) {
        double[] solved = whitened.clone();
        process.factor().backward(solved);
        double[] noise = process.hyperparameters().noise();
        return IntStream.range(0, targets.length)
                .mapToDouble(i -> targets[i] - noise[layout.level(rows.get(i).epochs())] * solved[i])
                .toArray();
    }

    private static double[] targets(List<Row> rows, int fullEpochs) {
        double[] aligned = fullEpochs == 1
                ? rows.stream().mapToDouble(Row::value).toArray()
                : Alignment.of(rows).apply(rows);
        double[] top = IntStream.range(0, aligned.length)
                .filter(i -> rows.get(i).epochs() >= fullEpochs)
                .mapToDouble(i -> aligned[i])
                .toArray();
        TargetTransform transform = TargetTransform.fit(top.length < 5 ? aligned : top);
        for (int i = 0; i < aligned.length; i++) {
            aligned[i] = transform.apply(aligned[i]);
        }
        return aligned;
    }

    /** Which of n rows to keep, ascending: a third of them the best, a sixth the newest, the rest evenly from all. */
    private static int[] choose(double[] y, int most) {
        int n = y.length;
        if (n <= most) {
            return IntStream.range(0, n).toArray();
        }
        var chosen = new TreeSet<Integer>();
        IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> y[i]))
                .limit(most / 3)
                .forEach(chosen::add);
        IntStream.range(n - most / 6, n).forEach(chosen::add);
        int left = most - chosen.size();
        for (int k = 0; k < left; k++) {
            chosen.add((int) ((long) k * n / left));
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The sizes at which hyperparameters are fitted: each up to 50, every fifth up to 100, then a quarter apart. */
    private static int next(int size) {
        return size < 50 ? size + 1 : size < 100 ? size + 5 : size + Math.min(size / 4, 100);
    }

    private static int scheduled(int size) {
        int n = Math.min(size, 50);
        while (next(n) <= size) {
            n = next(n);
        }
        return n;
    }
}
