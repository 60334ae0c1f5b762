package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.coordinator.gp.Linear;
import dev.tunefleet.coordinator.gp.MeanTerm;
import dev.tunefleet.coordinator.gp.Posterior;

/** Reads a model instead of asking it for the next trial. A function of the view alone; some hundred milliseconds. */
public final class Insights {

    private static final int LEAST = 5;
    private static final int POINTS = 512;

    /** Half of the width of a normal variable's 90 % interval, in standard deviations. */
    private static final double NINETY = 1.6448536269514722;

    private Insights() {}

    /** How far the model may be believed, by so many full results. */
    private record Trust(int judged, double agreement, double coverage) {}

    /** What the first objective's model has understood; empty with results of fewer than five trials. */
    public static Optional<Insight> of(SearchView view) {
        List<Row> rows = Row.of(view);
        int trials = (int) rows.stream().mapToLong(Row::trial).distinct().count();
        if (trials < LEAST) {
            return Optional.empty();
        }
        Layout layout = Layout.of(view);
        Surrogate surrogate = Surrogate.of(layout, rows);
        var posterior = new Posterior(surrogate.process(), surrogate.targets());
        Trust trust = trust(view, surrogate, posterior);
        return Optional.of(new Insight(
                trials,
                trust.judged(),
                importances(layout, tried(layout.cube(), rows), posterior),
                trust.agreement(),
                trust.coverage(),
                rungs(rows)));
    }

    private static Trust trust(SearchView view, Surrogate surrogate, Posterior posterior) {
        double[] y = surrogate.targets();
        double[][] left = posterior.leaveOut(configurations(surrogate.rows()));
        int[] full = IntStream.range(0, y.length)
                .filter(i -> surrogate.rows().get(i).epochs() >= view.fullEpochs())
                .toArray();
        if (full.length < Ranks.LEAST) {
            return new Trust(full.length, Double.NaN, Double.NaN);
        }
        double[] actual = IntStream.of(full).mapToDouble(i -> y[i]).toArray();
        double[] predicted = IntStream.of(full).mapToDouble(i -> left[i][0]).toArray();
        long covered = IntStream.of(full)
                .filter(i -> Math.abs(y[i] - left[i][0]) <= NINETY * Math.sqrt(left[i][1]))
                .count();
        return new Trust(full.length, Ranks.correlation(actual, predicted), (double) covered / full.length);
    }

    /**
     * The number of each row's configuration, [rows]. What a trial showed at lower rungs would give away how it ends, and so would
     * another seed of the same configuration: they are left out together.
     */
    private static int[] configurations(List<Row> rows) {
        var numbers = new HashMap<Configuration, Integer>();
        return rows.stream()
                .mapToInt(row -> numbers.computeIfAbsent(row.configuration(), any -> numbers.size()))
                .toArray();
    }

    /** The coordinates [trials][d] of what was tried. */
    private static double[][] tried(UnitCube cube, List<Row> rows) {
        return rows.stream().map(row -> cube.encode(row.configuration())).toArray(double[][]::new);
    }

    /** Of a parameter that had one value in all trials the model knows nothing: it keeps that value and is left out. */
    private static List<Insight.Importance> importances(Layout layout, double[][] tried, Posterior posterior) {
        UnitCube cube = layout.cube();
        int d = cube.dimension();
        var mean = new MeanTerm(posterior, new Linear(1));
        double[][] u = pairs(d, tried);
        double[] first = values(layout, mean, u, -1, 0);
        double[] second = values(layout, mean, u, -1, d);
        double[] both =
                DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
        double average = mean(both);
        double scale = Math.max(
                mean(Arrays.stream(both)
                        .map(each -> (each - average) * (each - average))
                        .toArray()),
                1e-12);
        var importances = new ArrayList<Insight.Importance>();
        for (int i = 0; i < d; i++) {
            if (varied(tried, i)) {
                double[] mixed = values(layout, mean, u, i, 0);
                double alone = 0;
                double total = 0;
                for (int k = 0; k < POINTS; k++) {
                    alone += (second[k] - average) * (mixed[k] - first[k]) / POINTS;
                    total += (first[k] - mixed[k]) * (first[k] - mixed[k]) / (2 * POINTS);
                }
                importances.add(importance(cube.parameter(i).name(), alone / scale, total / scale));
            }
        }
        importances.sort(Comparator.comparingDouble(Insight.Importance::total).reversed());
        return importances;
    }

    /** [{@value #POINTS}][2d] two points of the cube in each row. */
    private static double[][] pairs(int d, double[][] tried) {
        var sequence = new SobolSequence(2 * d, 0);
        double[][] u = IntStream.range(0, POINTS).mapToObj(sequence::point).toArray(double[][]::new);
        IntStream.range(0, d).filter(i -> !varied(tried, i)).forEach(i -> {
            for (double[] pair : u) {
                pair[i] = tried[0][i];
                pair[d + i] = tried[0][i];
            }
        });
        return u;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static boolean varied(double[][] tried, int coordinate) {
        return Arrays.stream(tried).anyMatch(point -> point[coordinate] != tried[0][coordinate]);
    }

    private static Insight.Importance importance(String parameter, double alone, double total) {
        return new Insight.Importance(parameter, Math.clamp(alone, 0, 1), Math.clamp(total, 0, 1));
    }

    /** The mean at each point: coordinates from {@code offset} of u on, coordinate {@code swapped} from the other half. */
    private static double[] values(Layout layout, MeanTerm mean, double[][] u, int swapped, int offset) {
        int d = layout.cube().dimension();
        double[][] features = new double[u.length][];
        for (int k = 0; k < u.length; k++) {
            double[] point = new double[d];
            for (int i = 0; i < d; i++) {
                point[i] = u[k][i == swapped ? d - offset + i : offset + i];
            }
            features[k] = layout.embedding().features(layout.cube().snap(point), 1);
        }
        double[] values = new double[u.length];
        mean.addValues(features, features.length, values);
        return values;
    }

    private static Map<Integer, Double> rungs(List<Row> rows) {
        var byRung = new TreeMap<Integer, Map<Long, Double>>();
        for (Row row : rows) {
            byRung.computeIfAbsent(row.epochs(), any -> new HashMap<>()).put(row.trial(), row.value());
        }
        var agreement = new HashMap<Integer, Double>();
        Map<Long, Double> top = byRung.lastEntry().getValue();
        byRung.headMap(byRung.lastKey()).forEach((epochs, values) -> {
            long[] both = values.keySet().stream()
                    .filter(top::containsKey)
                    .mapToLong(Long::longValue)
                    .sorted()
                    .toArray();
            if (both.length >= Ranks.LEAST) {
                double[] low = Arrays.stream(both).mapToDouble(values::get).toArray();
                double[] high = Arrays.stream(both).mapToDouble(top::get).toArray();
                agreement.put(epochs, Ranks.correlation(low, high));
            }
        });
        return agreement;
    }
}
