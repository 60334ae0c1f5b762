package dev.tunefleet.coordinator.gp;

import java.util.Arrays;

/** A term that depends on what a second process predicts at a place, such as the log of a probability of success. */
public final class MeanTerm implements Acquisition {

    /** A smooth function of a predicted mean. */
    public interface Link {

        double value(double mean);

        double slope(double mean);
    }

    private final Posterior posterior;
    private final Link link;
    private final double[] alpha;

    public MeanTerm(Posterior posterior, Link link) {
        this.posterior = posterior;
        this.link = link;
        this.alpha = posterior.whitened();
        posterior.process().factor().backward(alpha);
    }

    @Override
    public void addValues(double[][] points, int count, double[] values) {
        double[] row = new double[alpha.length];
        for (int c = 0; c < count; c++) {
            values[c] += link.value(mean(points[c], row));
        }
    }

    @Override
    public double addGradient(double[] point, double[] gradient) {
        double mean = mean(point, new double[alpha.length]);
        double[] byMean = new double[gradient.length];
        posterior.process().addCovarianceGradient(point, alpha, byMean);
        double slope = link.slope(mean);
        for (int f = 0; f < gradient.length; f++) {
            gradient[f] += slope * byMean[f];
        }
        return link.value(mean);
    }

    private double mean(double[] point, double[] row) {
        Arrays.fill(row, 0);
        posterior.process().covariances(point, row);
        double sum = 0;
        for (int i = 0; i < alpha.length; i++) {
            sum += row[i] * alpha[i];
        }
        return sum;
    }
}
