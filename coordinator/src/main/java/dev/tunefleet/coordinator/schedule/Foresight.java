package dev.tunefleet.coordinator.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far the order at the lowest rung foretells that at the highest, at best.
 *
 * <p>Only trials that did well at a rung reach the next, and such a selection has a lower correlation than the whole it is drawn
 * from. So each step from rung to rung is looked at by itself, its rank correlation is corrected for the restricted range
 * (Thorndike 1949, case II), and the steps are multiplied. Early on there are few trials: each step counts with the upper end of
 * its interval (Fisher 1915), so that chance alone seldom speaks against a schedule. (Simulated, looking after each trial up to
 * the fiftieth: a true correlation of 0.7 falls below 0.3 in 1 study of 20, one of 0.2 in 2 of 3, one of 0 always.)
 *
 * @param trials how many reached the highest rung
 * @param correlation of ranks, corrected, the most that is likely, from -1 to 1
 */
public record Foresight(int trials, double correlation) {

    /** With fewer trials at the highest rung there is nothing to say; with more it has been looked at often enough. */
    static final int FEWEST = 8;

    static final int ENOUGH = 50;

    /** Below this, early rungs choose hardly better than chance. */
    private static final double LEAST = 0.3;

    /** Standard errors from a correlation to the most that is likely. */
    private static final double MARGIN = 0.7;

    /** The least share of the variance that a selection is believed to have left. */
    private static final double LEFT = 0.05;

    /**
     * From what each trial reached at each rung, lowest rung first; empty where there is no other rung or where too few trials
     * have reached the highest.
     */
    static Optional<Foresight> of(List<Map<Integer, Double>> rungs) {
        int trials = rungs.getLast().size();
        if (rungs.size() == 1 || trials < FEWEST) {
            return Optional.empty();
        }
        double total = 1;
        double spread = 1;
        for (int i = 1; i < rungs.size(); i++) {
            Step step = Step.of(rungs.get(i - 1), rungs.get(i), spread);
            if (step.correlation() <= 0) {
                return Optional.of(new Foresight(trials, step.correlation()));
            }
            total *= step.correlation();
            spread = step.spread();
        }
        return Optional.of(new Foresight(trials, total));
    }

    /** Whether trials had better not be chosen by the lowest rung. */
    public boolean misleads() {
        return correlation < LEAST;
    }

    /**
     * From one rung to the next.
     *
     * @param correlation the most that is likely among trials that nobody has chosen
     * @param spread how many times wider the values at the next rung would lie if nobody had been chosen
     */
    private record Step(double correlation, double spread) {

        /** @param spread how many times wider the values at {@code low} would lie if nobody had been chosen before */
        static Step of(Map<Integer, Double> low, Map<Integer, Double> high, double spread) {
            int[] both = high.keySet().stream()
                    .filter(low::containsKey)
                    .mapToInt(Integer::intValue)
                    .toArray();
            if (both.length < FEWEST) {
                return new Step(1, spread);
            }
            double[] all =
                    low.values().stream().mapToDouble(Double::doubleValue).toArray();
            double[] begins = ranks(Arrays.stream(both).mapToDouble(low::get).toArray(), all);
            double[] ends = Arrays.stream(both).mapToDouble(high::get).toArray();
            double narrowed = deviation(begins);
            double wider = spread * (narrowed > 0 ? deviation(ranks(all, all)) / narrowed : 1);
            double measured = Math.clamp(pearson(ranks(begins, begins), ranks(ends, ends)), -0.999, 0.999);
            double likely = Math.tanh(atanh(measured) + MARGIN / Math.sqrt(both.length - 3));
            double whole = likely * wider / Math.sqrt(1 + likely * likely * (wider * wider - 1));
            double left = 1 - whole * whole * (1 - 1 / (wider * wider));
            return new Step(whole, 1 / Math.sqrt(Math.max(LEFT, left)));
        }
    }

    private static double atanh(double x) {
        return 0.5 * Math.log((1 + x) / (1 - x));
    }

    /** The rank of each value among {@code all}; equal values share the mean of theirs. */
    private static double[] ranks(double[] values, double[] all) {
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            long below = Arrays.stream(all).filter(other -> other < value).count();
            long equal = Arrays.stream(all).filter(other -> other == value).count();
            ranks[i] = below + (equal - 1) / 2.0;
        }
        return ranks;
    }

    private static double deviation(double[] values) {
        return Math.sqrt(product(values, values));
    }

    /** Of ranks this is Spearman's correlation; 0 where either series is constant. */
    private static double pearson(double[] a, double[] b) {
        double scale = deviation(a) * deviation(b);
        return scale > 0 ? product(a, b) / scale : 0;
    }

    /** The mean product of what two series differ from their means. */
    private static double product(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - meanA) * (b[i] - meanB);
        }
        return sum / a.length;
    }
}
