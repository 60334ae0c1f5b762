package dev.tunefleet.coordinator.search;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Agreement in order. */
final class Ranks {

    /** The shortest series whose order says anything. */
    static final int LEAST = 3;

    private Ranks() {}

    /**
     * Spearman's rank correlation of two series of equal length, from -1 to 1; 0 where either is constant, and not a
     * number where they are shorter than {@value #LEAST}.
     */
    static double correlation(double[] a, double[] b) {
        if (a.length < LEAST) {
            return Double.NaN;
        }
        double[] x = ranks(a);
        double[] y = ranks(b);
        double mean = (a.length - 1) / 2.0;
        double product = 0;
        double squareX = 0;
        double squareY = 0;
        for (int i = 0; i < x.length; i++) {
            product += (x[i] - mean) * (y[i] - mean);
            squareX += (x[i] - mean) * (x[i] - mean);
            squareY += (y[i] - mean) * (y[i] - mean);
        }
        return squareX == 0 || squareY == 0 ? 0 : product / Math.sqrt(squareX * squareY);
    }

    /** The rank of each value from 0; equal values share the mean of theirs. */
    private static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + to - 1) / 2.0;
            }
            from = to;
        }
        return ranks;
    }
}
