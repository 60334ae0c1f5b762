package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Brings the results of lower rungs to the scale of the top one: each rung's values are what a line, fitted over the trials that
 * have a result at both, predicts for the next rung. So an early loss counts as the full loss it foretells, and a rung
 * that foretells nothing counts as the mean.
 *
 * @param log whether lines are fitted to logarithms, which needs positive values
 * @param lines by epochs: slope and offset of the step to the next rung
 */
record Alignment(boolean log, TreeMap<Integer, double[]> lines) {

    /** Fewer pairs give no line worth having. */
    private static final int LEAST = 3;

    static Alignment of(List<Row> rows) {
        boolean log = rows.stream().allMatch(row -> row.value() > 0);
        var rungs = new TreeSet<Integer>();
        var values = new HashMap<Integer, Map<Long, Double>>();
        for (Row row : rows) {
            rungs.add(row.epochs());
            values.computeIfAbsent(row.epochs(), any -> new HashMap<>())
                    .put(row.trial(), log ? Math.log(row.value()) : row.value());
        }
        var lines = new TreeMap<Integer, double[]>();
        for (int rung : rungs) {
            Integer next = rungs.higher(rung);
            if (next != null) {
                lines.put(rung, line(values.get(rung), values.get(next)));
            }
        }
        return new Alignment(log, lines);
    }

    /** The values at the top rung's scale, in order of the rows. */
    double[] apply(List<Row> rows) {
        return rows.stream().mapToDouble(this::apply).toArray();
    }

    private double apply(Row row) {
        double value = row.value();
        if (!lines.tailMap(row.epochs()).isEmpty()) {
            value = log ? Math.log(value) : value;
            for (double[] line : lines.tailMap(row.epochs()).values()) {
                value = line[0] * value + line[1];
            }
            value = log ? Math.exp(value) : value;
        }
        return value;
    }

    private static double[] line(Map<Long, Double> from, Map<Long, Double> to) {
        var pairs = new ArrayList<double[]>();
        from.forEach((trial, value) -> {
            if (to.containsKey(trial)) {
                pairs.add(new double[] {value, to.get(trial)});
            }
        });
        double meanFrom = pairs.stream().mapToDouble(pair -> pair[0]).average().orElse(0);
        double meanTo = pairs.stream().mapToDouble(pair -> pair[1]).average().orElse(0);
        if (pairs.size() < LEAST) {
            return new double[] {1, meanTo - meanFrom};
        }
        double product = 0;
        double square = 0;
        for (double[] pair : pairs) {
            product += (pair[0] - meanFrom) * (pair[1] - meanTo);
            square += (pair[0] - meanFrom) * (pair[0] - meanFrom);
        }
        double slope = square > 0 ? Math.clamp(product / square, 0, 2) : 1;
        return new double[] {slope, meanTo - slope * meanFrom};
    }
}
