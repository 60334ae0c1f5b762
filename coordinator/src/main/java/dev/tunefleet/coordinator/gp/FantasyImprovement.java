package dev.tunefleet.coordinator.gp;

import java.util.Arrays;

/**
 * The log of expected improvement averaged over fantasies of what is not known at some places, the results of pending trials
 * or the signal that noise hides: log (1/S) Σ EI(x; μ_s, σ, best_s). All fantasies share one factor, extended by those places:
 * with z = L⁻¹ y the whitened targets of a fantasy are z for what is known and independent standard normal numbers ε for the
 * rest (Snoek et al. 2012, section 3.2, in whitened form). Each fantasy has its own incumbent. Where the signal of the best
 * places is among what is fantasised, this is the noisy expected improvement of Letham et al. 2019 (section 4): a trial
 * there again promises nothing, however uncertain its result.
 */
public final class FantasyImprovement implements Acquisition {

    /** The fantasies that suffice to tell promising places from others. */
    private static final int ROUGH = 16;

    private final GaussianProcess process;
    private final double[] z;
    private final double[][] epsilon;
    private final Acquisition trend;
    private final int known;
    private final int fantasies;
    private final double[] incumbents;
    private final double[][] v;
    private final AverageImprovement average;
    private final double[] improvements;
    private final double[] means;
    private final double[] bases;
    private final double[] variances;

    /**
     * @param process conditioned on the known places and then on those of the fantasies
     * @param z [known] L⁻¹ y of the known
     * @param epsilon [unknown][S] standard normal numbers; without unknown places S is 1
     * @param contenders [k][d] features of the places that may be the incumbent
     * @param trend what is predicted before any target is seen; the targets behind z are what it left unexplained
     */
    public FantasyImprovement(
            GaussianProcess process, double[] z, double[][] epsilon, double[][] contenders, Acquisition trend) {
        this.process = process;
        this.z = z;
        this.known = z.length;
        this.epsilon = epsilon;
        this.trend = trend;
        this.fantasies = epsilon.length == 0 ? 1 : epsilon[0].length;
        this.v = new double[process.size()][Blocks.WIDTH];
        this.average = new AverageImprovement(fantasies);
        this.improvements = new double[fantasies];
        this.means = new double[fantasies];
        this.bases = new double[Blocks.WIDTH];
        this.variances = new double[Blocks.WIDTH];
        this.incumbents = new double[fantasies];
        Arrays.fill(incumbents, Double.POSITIVE_INFINITY);
        Blocks.each(contenders, contenders.length, (block, from, m) -> {
            project(block, m);
            for (int c = 0; c < m; c++) {
                fantasise(c, fantasies);
                for (int s = 0; s < fantasies; s++) {
                    incumbents[s] = Math.min(incumbents[s], means[s]);
                }
            }
        });
    }

    @Override
    public void addValues(double[][] points, int count, double[] values) {
        addValues(points, count, values, fantasies);
    }

    @Override
    public void addRoughValues(double[][] points, int count, double[] values) {
        addValues(points, count, values, Math.min(fantasies, ROUGH));
    }

    private void addValues(double[][] points, int count, double[] values, int first) {
        Blocks.each(points, count, (block, from, m) -> {
            project(block, m);
            for (int c = 0; c < m; c++) {
                fantasise(c, first);
                values[from + c] += average(Math.sqrt(variances[c]), first);
            }
        });
    }

    /** Fills V, the variances and the means of all fantasies as far as they are the same. */
    private void project(double[][] points, int m) {
        process.project(points, m, v, variances);
        Arrays.fill(bases, 0, m, 0);
        trend.addValues(points, m, bases);
        for (int i = 0; i < known; i++) {
            double[] row = v[i];
            double factor = z[i];
            for (int c = 0; c < m; c++) {
                bases[c] += factor * row[c];
            }
        }
    }

    /** The means of place c of the block in the first fantasies. */
    private void fantasise(int c, int first) {
        Arrays.fill(means, 0, first, bases[c]);
        for (int q = 0; q < epsilon.length; q++) {
            double factor = v[known + q][c];
            double[] row = epsilon[q];
            for (int s = 0; s < first; s++) {
                means[s] += factor * row[s];
            }
        }
    }

    /** The log of the expected improvement, averaged over the first fantasies; fills their improvements in deviations. */
    private double average(double deviation, int first) {
        for (int s = 0; s < first; s++) {
            improvements[s] = (incumbents[s] - means[s]) / deviation;
        }
        return Math.log(deviation) + average.log(improvements, first);
    }

    @Override
    public double addGradient(double[] point, double[] gradient) {
        int n = process.size();
        double[] w = new double[n];
        process.covariances(point, w);
        process.factor().forward(w);
        double variance = process.hyperparameters().variance();
        double[] byTrend = new double[gradient.length];
        double base = trend.addGradient(point, byTrend);
        for (int i = 0; i < n; i++) {
            variance -= w[i] * w[i];
            base += i < known ? w[i] * z[i] : 0;
            v[i][0] = w[i];
        }
        bases[0] = base;
        double deviation = Math.sqrt(process.floor(variance));
        fantasise(0, fantasies);
        double value = average(deviation, fantasies);
        double byMeans = weigh(w, deviation);
        for (int f = 0; f < gradient.length; f++) {
            gradient[f] += byMeans * byTrend[f];
        }
        process.factor().backward(w);
        process.addCovarianceGradient(point, w, gradient);
        return value;
    }

    /**
     * Turns v in {@code w} into the whitened weights whose solution with Lᵀ multiplies the covariance's gradient; the
     * derivative of the value when the means of all fantasies move together.
     */
    private double weigh(double[] w, double deviation) {
        average.slopes(improvements, fantasies, means);
        double byDeviation = 1 / deviation;
        double byMeans = 0;
        for (int s = 0; s < fantasies; s++) {
            byDeviation -= means[s] * improvements[s] / deviation;
            means[s] /= -deviation;
            byMeans += means[s];
        }
        for (int i = 0; i < w.length; i++) {
            double direct = i < known ? z[i] * byMeans : 0;
            w[i] = direct - w[i] * byDeviation / deviation;
        }
        for (int q = 0; q < epsilon.length; q++) {
            double sum = 0;
            for (int s = 0; s < fantasies; s++) {
                sum += means[s] * epsilon[q][s];
            }
            w[known + q] += sum;
        }
        return byMeans;
    }
}
