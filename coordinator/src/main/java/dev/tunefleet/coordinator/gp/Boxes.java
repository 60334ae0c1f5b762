package dev.tunefleet.coordinator.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The part of objective space below a reference point that no point of a front dominates, cut into disjoint boxes: slices
 * along the last objective, each cut by the rest of the objectives (While et al. 2006, hypervolume by slicing objectives).
 * Everything is minimised. O(n^(k-1)) boxes for n points of k objectives.
 *
 * @param low [b][k] lower corners, where minus infinity is a side without end
 * @param high [b][k] upper corners
 */
public record Boxes(double[][] low, double[][] high) {

    private record Interval(double[] low, double[] high) {}

    /**
     * Cuts what the front leaves.
     *
     * @param front [n][k] points, those that others dominate included or not
     * @param reference [k] the worst that counts
     */
    public static Boxes below(double[][] front, double[] reference) {
        List<Interval> cut = cut(Arrays.asList(front), reference, reference.length);
        return new Boxes(
                cut.stream().map(Interval::low).toArray(double[][]::new),
                cut.stream().map(Interval::high).toArray(double[][]::new));
    }

    private static List<Interval> cut(List<double[]> front, double[] reference, int objectives) {
        int last = objectives - 1;
        if (objectives == 1) {
            double least = front.stream().mapToDouble(each -> each[0]).min().orElse(reference[0]);
            return List.of(new Interval(
                    new double[] {Double.NEGATIVE_INFINITY}, new double[] {Math.min(least, reference[0])}));
        }
        double[] levels = Stream.concat(
                        Stream.of(Double.NEGATIVE_INFINITY, reference[last]),
                        front.stream().map(each -> each[last]).filter(level -> level < reference[last]))
                .mapToDouble(Double::doubleValue)
                .distinct()
                .sorted()
                .toArray();
        var boxes = new ArrayList<Interval>();
        for (int slice = 0; slice + 1 < levels.length; slice++) {
            double from = levels[slice];
            double to = levels[slice + 1];
            List<double[]> reached =
                    front.stream().filter(each -> each[last] <= from).toList();
            for (Interval each : cut(reached, reference, last)) {
                boxes.add(new Interval(with(each.low(), from), with(each.high(), to)));
            }
        }
        return boxes;
    }

    private static double[] with(double[] corner, double last) {
        double[] longer = Arrays.copyOf(corner, corner.length + 1);
        longer[corner.length] = last;
        return longer;
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
