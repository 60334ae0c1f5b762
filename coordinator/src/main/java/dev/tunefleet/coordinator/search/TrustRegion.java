package dev.tunefleet.coordinator.search;

/**
 * The side of a box about the best point that grows with successes and shrinks with failures, as in TuRBO-1 (Eriksson et al.
 * 2019, section 2): a model of a whole wide space is too vague to finish the descent that it began. The state is a fold over
 * the results in order of trials, so that nothing but the results decides it.
 *
 * @param side of the box in the cube, before the length scales shape it
 * @param failures results in a row that were no clear progress
 */
record TrustRegion(double side, int failures) {

    private static final double FIRST = 0.8;
    private static final double MOST = 1.6;
    private static final double LEAST = Math.pow(2, -7);

    /** Successes in a row that double the side, failures in a row that halve it, and those that make a study stagnant. */
    private static final int SUCCESSES = 3;

    private static final int FAILURES = 3;
    private static final int STAGNATION = 5;

    /** The decrease of a target, in standard deviations, that counts as a success. */
    private static final double PROGRESS = 1e-3;

    /**
     * The state after these targets.
     *
     * @param y [n] targets about unit variance, in order of trials
     */
    static TrustRegion after(double[] y) {
        double side = FIRST;
        double best = Double.POSITIVE_INFINITY;
        int successes = 0;
        int failures = 0;
        int total = 0;
        for (double value : y) {
            if (value < best - PROGRESS) {
                successes++;
                failures = 0;
                total = 0;
            } else {
                successes = 0;
                failures++;
                total++;
            }
            best = Math.min(best, value);
            if (successes == SUCCESSES) {
                side = Math.min(MOST, 2 * side);
                successes = 0;
            } else if (failures == FAILURES) {
                side = side / 2 < LEAST ? FIRST : side / 2;
                failures = 0;
            }
        }
        return new TrustRegion(side, total);
    }

    boolean stagnant() {
        return failures >= STAGNATION;
    }

    /** The box about {@code centre} whose sides are in proportion to the length scales of their coordinates. */
    Box box(double[] centre, double[] lengthScales) {
        double logs = 0;
        for (double length : lengthScales) {
            logs += Math.log(length);
        }
        double mean = Math.exp(logs / lengthScales.length);
        double[] low = new double[centre.length];
        double[] high = new double[centre.length];
        for (int i = 0; i < centre.length; i++) {
            double half = side / 2 * Math.clamp(lengthScales[i] / mean, 0.25, 4);
            low[i] = Math.clamp(centre[i] - half, 0, 1);
            high[i] = Math.clamp(centre[i] + half, 0, 1);
        }
        return new Box(low, high);
    }
}
