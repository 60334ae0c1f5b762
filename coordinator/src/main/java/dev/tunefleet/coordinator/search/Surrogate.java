package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.tunefleet.coordinator.gp.GaussianProcess;
import dev.tunefleet.coordinator.gp.HyperFit;
import dev.tunefleet.coordinator.gp.Hyperparameters;

/**
 * A Gaussian process over rows whose hyperparameters come from the first of them, and which later rows are appended to. With
 * rows in order of trials it is a function of the rows alone; where results of parallel trials overtake each other it also
 * depends on which came first.
 */
final class Surrogate {

    private final Layout layout;
    private final List<Row> fitted;
    private final List<Row> rows;
    private final Set<Row> known;
    private final GaussianProcess process;
    private final int until;

    private Surrogate(Layout layout, List<Row> fitted, Hyperparameters hyper) {
        this.layout = layout;
        this.fitted = fitted;
        this.rows = new ArrayList<>();
        this.known = new HashSet<>();
        this.process = new GaussianProcess(layout.embedding().features(), hyper);
        this.until = next(fitted.size());
    }

    /** How rows become features: the same for all rows of a study. */
    record Layout(UnitCube cube, Embedding embedding, int fullEpochs) {

        double[] features(Row row) {
            return embedding.features(cube.encode(row.configuration()), share(row.epochs()));
        }

        double share(int epochs) {
            return fullEpochs == 1 ? 1 : Math.log1p(Math.min(epochs, fullEpochs)) / Math.log1p(fullEpochs);
        }
    }

    /** Fits to the first rows that {@code rows}, sorted by trial, has at its last scheduled size, then appends the others. */
    static Surrogate of(Layout layout, List<Row> rows) {
        int n = scheduled(rows.size());
        List<Row> first = List.copyOf(rows.subList(0, n));
        double[][] x = new double[layout.embedding().features().count()][n];
        for (int i = 0; i < n; i++) {
            double[] features = layout.features(first.get(i));
            for (int f = 0; f < features.length; f++) {
                x[f][i] = features[f];
            }
        }
        double[] y = targets(first, layout.fullEpochs());
        Hyperparameters hyper = HyperFit.fit(layout.embedding().features(), x, y, new int[n], 1);
        var surrogate = new Surrogate(layout, first, hyper);
        surrogate.append(rows);
        return surrogate;
    }

    /** Whether this surrogate may serve for {@code rows} once the missing ones are appended. */
    boolean serves(List<Row> all) {
        return all.size() >= fitted.size() && all.size() < until && new HashSet<>(all).containsAll(rows);
    }

    void append(List<Row> all) {
        for (Row row : all) {
            if (known.add(row)) {
                process.append(layout.features(row), 0);
                rows.add(row);
            }
        }
    }

    GaussianProcess process() {
        return process;
    }

    /** The rows in the order in which the process has them. */
    List<Row> rows() {
        return rows;
    }

    double[] targets() {
        return targets(rows, layout.fullEpochs());
    }

    private static double[] targets(List<Row> rows, int fullEpochs) {
        double[] top = rows.stream()
                .filter(row -> row.epochs() >= fullEpochs)
                .mapToDouble(Row::value)
                .toArray();
        if (top.length < 3) {
            top = rows.stream().mapToDouble(Row::value).toArray();
        }
        TargetTransform transform = TargetTransform.fit(top);
        return rows.stream().mapToDouble(row -> transform.apply(row.value())).toArray();
    }

    /** The sizes at which hyperparameters are fitted: each up to 50, then a tenth apart. */
    private static int next(int size) {
        return size < 50 ? size + 1 : size + size / 10;
    }

    private static int scheduled(int size) {
        int n = Math.min(size, 50);
        while (next(n) <= size) {
            n = next(n);
        }
        return n;
    }
}
