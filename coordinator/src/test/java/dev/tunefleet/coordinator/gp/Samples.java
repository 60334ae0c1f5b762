package dev.tunefleet.coordinator.gp;

import java.util.SplittableRandom;

/** Random problems for the tests of this package: n points with d features in g groups, smooth noisy targets. */
record Samples(Features features, double[][] points, double[] y, int[] level) {

    static Samples of(int n, long seed) {
        var random = new SplittableRandom(seed);
        var features = new Features(new int[] {0, 1, 1, 2}, 3);
        double[][] points = new double[n][4];
        double[] y = new double[n];
        int[] level = new int[n];
        for (int i = 0; i < n; i++) {
            for (int f = 0; f < 4; f++) {
                points[i][f] = random.nextDouble();
            }
            y[i] = Math.sin(4 * points[i][0]) + points[i][1] * points[i][3] + 0.1 * random.nextGaussian();
            level[i] = i % 2;
        }
        return new Samples(features, points, y, level);
    }

    static Hyperparameters someHyperparameters() {
        return new Hyperparameters(new double[] {0.4, 0.9, 1.7}, 1.3, new double[] {0.01, 0.05});
    }

    GaussianProcess process(int count) {
        var process = new GaussianProcess(features, someHyperparameters());
        for (int i = 0; i < count; i++) {
            process.append(points[i], level[i]);
        }
        return process;
    }

    /** [d][n]. */
    double[][] byFeature() {
        double[][] x = new double[features.count()][points.length];
        for (int i = 0; i < points.length; i++) {
            for (int f = 0; f < x.length; f++) {
                x[f][i] = points[i][f];
            }
        }
        return x;
    }
}
