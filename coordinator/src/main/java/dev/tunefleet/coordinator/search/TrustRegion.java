package dev.tunefleet.coordinator.search;

/**
 * The side of a box about the best point that grows with successes and shrinks with failures, as in TuRBO-1 (Eriksson et al.
 * 2019, section 2): a model of a whole wide space is too vague to finish the descent that it began. A box that has become too
 * small to matter has been searched: a new region begins, which neither knows nor minds how good the earlier ones were, since
 * a model that does would try the corners of the cube for the rest of the budget. The state is a fold over the results in
 * order of trials, so that nothing but the results decides it.
 *
 * @param first the index of the region's first result: 0 for the region with which a study begins
 * @param side of the box in the cube, before the length scales shape it
 * @param failures results in a row that were no clear progress
 */
record TrustRegion(int first, double side, int failures) {

    private static final double FIRST = 0.8;
    private static final double MOST = 1.6;
    private static final double LEAST = Math.pow(2, -5);

    /** Successes in a row that double the side, failures in a row that halve it, and those that make a study stagnant. */
    private static final int SUCCESSES = 3;

    private static final int FAILURES = 3;
    private static final int STAGNATION = 5;

    /** Points that fill the cube at the beginning of each region but the first, which has the opening of the study. */
    private static final int OPENING = 4;

    /** The decrease of a target, in standard deviations, that counts as a success. */
    private static final double PROGRESS = 1e-3;

    /**
     * The state after these targets.
     *
     * @param y [n] targets about unit variance, in order of trials
     * @param parallel how many trials run at once: when a region ends, all but one of them still belong to it
     */
    static TrustRegion after(double[] y, int parallel) {
        return since(0, 0, y, parallel);
    }

    /** The state of a region whose results begin at {@code first}, and with {@code chosen} those that a model chose. */
    private static TrustRegion since(int first, int chosen, double[] y, int parallel) {
        double side = FIRST;
        double best = Double.POSITIVE_INFINITY;
        int successes = 0;
        int failures = 0;
        int total = 0;
        for (int i = first; i < y.length; i++) {
            if (i >= chosen) {
                boolean success = y[i] < best - PROGRESS;
                successes = success ? successes + 1 : 0;
                failures = success ? 0 : failures + 1;
                total = success ? 0 : total + 1;
            }
            best = Math.min(best, y[i]);
            if (successes == SUCCESSES) {
                side = Math.min(MOST, 2 * side);
                successes = 0;
            } else if (failures == FAILURES) {
                side = side / 2;
                failures = 0;
            }
            if (side < LEAST) {
                return since(i + parallel, i + parallel + OPENING, y, parallel);
            }
        }
        return new TrustRegion(first, side, total);
    }

    /** Whether choice number {@code step}, after so many results, fills the cube: the region's first ones, and those before its results. */
    boolean opens(int step, int results) {
        return first > 0 && (step < first + OPENING || results <= first);
    }

    /** Whether choice number {@code step} keeps to the box: in the first region every other one while nothing improves. */
    boolean bounds(int step) {
        return first > 0 || failures >= STAGNATION && step % 2 == 0;
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
