package dev.tunefleet.coordinator.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of objective space below a reference point that no point of a front dominates, cut into disjoint boxes: slices
 * along the last objective, each cut by the rest of the objectives (While et al. 2006, hypervolume by slicing objectives), a
 * box that neighbouring slices share being one. Everything is minimised. With n points that no other dominates at most n + 1
 * boxes for two objectives, 2 n + 1 for three (as many as Yang et al. 2019 need) and O(n^(k-2)) for k.
 *
 * @param low [b][k] lower corners, where minus infinity is a side without end
 * @param high [b][k] upper corners
 */
public record Boxes(double[][] low, double[][] high) {

    private record Interval(List<Double> low, List<Double> high) {

        Interval with(double from, double to) {
            return new Interval(and(low, from), and(high, to));
        }

        private static List<Double> and(List<Double> corner, double last) {
            var longer = new ArrayList<>(corner);
            longer.add(last);
            return longer;
        }
    }

    /**
     * Cuts what the front leaves.
     *
     * @param front [n][k] points, those that others dominate included or not
     * @param reference [k] the worst that counts
     */
    public static Boxes below(double[][] front, double[] reference) {
        List<double[]> counted =
                Arrays.stream(front).filter(each -> below(each, reference)).toList();
        List<Interval> cut = cut(counted, reference, reference.length);
        return new Boxes(
                corners(cut.stream().map(Interval::low).toList()),
                corners(cut.stream().map(Interval::high).toList()));
    }

    private static boolean below(double[] point, double[] reference) {
        for (int k = 0; k < reference.length; k++) {
            if (point[k] >= reference[k]) {
                return false;
            }
        }
        return true;
    }

    private static double[][] corners(List<List<Double>> corners) {
        return corners.stream()
                .map(each -> each.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
    }

    private static List<Interval> cut(List<double[]> front, double[] reference, int objectives) {
        int last = objectives - 1;
        if (last == 0) {
            double least = front.stream().mapToDouble(each -> each[0]).min().orElse(reference[0]);
            return List.of(new Interval(List.of(Double.NEGATIVE_INFINITY), List.of(least)));
        }
        List<double[]> ascending = front.stream()
                .sorted(Comparator.comparingDouble(each -> each[last]))
                .toList();
        var reached = new ArrayList<double[]>();
        var open = new LinkedHashMap<Interval, Double>();
        var boxes = new ArrayList<Interval>();
        enter(Double.NEGATIVE_INFINITY, cut(reached, reference, last), open, boxes);
        for (int i = 0; i < ascending.size(); ) {
            double level = ascending.get(i)[last];
            boolean changed = false;
            for (; i < ascending.size() && ascending.get(i)[last] == level; i++) {
                changed |= reach(ascending.get(i), reached, last);
            }
            if (changed) {
                enter(level, cut(reached, reference, last), open, boxes);
            }
        }
        enter(reference[last], List.of(), open, boxes);
        return boxes;
    }

    /** Ends at {@code level} the boxes whose base is not among those of the slice above it, and begins those of new bases. */
    private static void enter(double level, List<Interval> bases, Map<Interval, Double> open, List<Interval> boxes) {
        Set<Interval> above = new LinkedHashSet<>(bases);
        open.forEach((base, from) -> {
            if (!above.contains(base)) {
                boxes.add(base.with(from, level));
            }
        });
        open.keySet().retainAll(above);
        above.forEach(base -> open.putIfAbsent(base, level));
    }

    /** Adds a point to those of which none dominates another in the first objectives, unless one of them dominates it. */
    private static boolean reach(double[] point, List<double[]> reached, int objectives) {
        if (reached.stream().anyMatch(other -> covers(other, point, objectives))) {
            return false;
        }
        reached.removeIf(other -> covers(point, other, objectives));
        return reached.add(point);
    }

    private static boolean covers(double[] a, double[] b, int objectives) {
        for (int k = 0; k < objectives; k++) {
            if (a[k] > b[k]) {
                return false;
            }
        }
        return true;
    }

    /** The volume within these boxes that {@code point} dominates: what a point adds to the front they were cut by. */
    public double improvement(double[] point) {
        double sum = 0;
        for (int b = 0; b < low.length; b++) {
            double volume = 1;
            for (int k = 0; k < point.length; k++) {
                volume *= Math.max(0, high[b][k] - Math.max(point[k], low[b][k]));
            }
            sum += volume;
        }
        return sum;
    }
}
