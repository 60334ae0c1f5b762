package dev.tunefleet.coordinator.gp;

/**
 * log (e^value + e^floor): a term that stops falling. Where little can be gained any more, the log of an improvement falls
 * without end, and would make a place that nearly surely fails look better than one that surely works.
 */
public record Floored(Acquisition term, double floor) implements Acquisition {

    @Override
    public void addValues(double[][] points, int m, double[] values) {
        double[] own = new double[m];
        term.addValues(points, m, own);
        addSoftened(own, values);
    }

    @Override
    public void addRoughValues(double[][] points, int m, double[] values) {
        double[] own = new double[m];
        term.addRoughValues(points, m, own);
        addSoftened(own, values);
    }

    private void addSoftened(double[] own, double[] values) {
        for (int c = 0; c < own.length; c++) {
            values[c] += soften(own[c]);
        }
    }

    @Override
    public double addGradient(double[] point, double[] gradient) {
        double[] own = new double[gradient.length];
        double value = term.addGradient(point, own);
        double share = 1 / (1 + Math.exp(floor - value));
        for (int f = 0; f < gradient.length; f++) {
            gradient[f] += share * own[f];
        }
        return soften(value);
    }

    private double soften(double value) {
        double most = Math.max(value, floor);
        return most + Math.log1p(Math.exp(Math.min(value, floor) - most));
    }
}
