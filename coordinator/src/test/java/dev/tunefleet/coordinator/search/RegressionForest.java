package dev.tunefleet.coordinator.search;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Extremely randomised regression trees (Geurts, Ernst and Wehenkel 2006): each node takes, of one random cut per feature, the
 * one that leaves the least squared error. Piecewise constant and unlike any search that is judged on it. Immutable.
 */
final class RegressionForest {

    private static final int TREES = 300;
    private static final int SMALLEST_LEAF = 2;

    /** A cut sends x[feature] below {@code cut} to the left; a leaf has no children. */
    private record Node(int feature, double cut, Node left, Node right, double mean) {}

    private final Node[] trees;

    /**
     * Grows the trees.
     *
     * @param points [sample][feature]
     * @param values [sample]
     */
    RegressionForest(double[][] points, double[] values, long seed) {
        int[] all = IntStream.range(0, values.length).toArray();
        trees = new Node[TREES];
        for (int tree = 0; tree < TREES; tree++) {
            trees[tree] = grow(points, values, all, new SplittableRandom(Mixer.mix(seed + tree)));
        }
    }

    /** The mean of the leaves that {@code point} falls into. */
    double at(double[] point) {
        double sum = 0;
        for (Node tree : trees) {
            Node node = tree;
            while (node.left() != null) {
                node = point[node.feature()] < node.cut() ? node.left() : node.right();
            }
            sum += node.mean();
        }
        return sum / trees.length;
    }

    private static Node grow(double[][] points, double[] values, int[] samples, SplittableRandom random) {
        double mean =
                Arrays.stream(samples).mapToDouble(i -> values[i]).average().orElseThrow();
        int best = -1;
        double bestCut = 0;
        double bestError = Double.POSITIVE_INFINITY;
        for (int feature = 0; feature < points[0].length; feature++) {
            int f = feature;
            double low =
                    Arrays.stream(samples).mapToDouble(i -> points[i][f]).min().orElseThrow();
            double high =
                    Arrays.stream(samples).mapToDouble(i -> points[i][f]).max().orElseThrow();
            double cut = low + random.nextDouble() * (high - low);
            double error = error(points, values, samples, feature, cut);
            if (error < bestError) {
                best = feature;
                bestCut = cut;
                bestError = error;
            }
        }
        if (best < 0) {
            return new Node(0, 0, null, null, mean);
        }
        int feature = best;
        double cut = bestCut;
        int[] left =
                Arrays.stream(samples).filter(i -> points[i][feature] < cut).toArray();
        int[] right =
                Arrays.stream(samples).filter(i -> !(points[i][feature] < cut)).toArray();
        return new Node(feature, cut, grow(points, values, left, random), grow(points, values, right, random), mean);
    }

    /** The squared error that is left after a cut; infinite where a side would be too small. */
    private static double error(double[][] points, double[] values, int[] samples, int feature, double cut) {
        double[] count = new double[2];
        double[] sum = new double[2];
        double[] squares = new double[2];
        for (int i : samples) {
            int side = points[i][feature] < cut ? 0 : 1;
            count[side]++;
            sum[side] += values[i];
            squares[side] += values[i] * values[i];
        }
        return Math.min(count[0], count[1]) < SMALLEST_LEAF
                ? Double.POSITIVE_INFINITY
                : squares[0] - sum[0] * sum[0] / count[0] + squares[1] - sum[1] * sum[1] / count[1];
    }
}
