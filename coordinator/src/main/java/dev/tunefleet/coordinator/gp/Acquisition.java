package dev.tunefleet.coordinator.gp;

/** A value of trying a place, on a log scale; to be maximised. Terms add up. Not thread-safe. */
public interface Acquisition {

    /**
     * Adds the value of each of the first m places to {@code values}.
     *
     * @param points [m][d] features
     * @param values [m]
     */
    void addValues(double[][] points, int m, double[] values);

    /**
     * The value at one place; its gradient is added to {@code gradient}.
     *
     * @param point [d] features
     * @param gradient [d]
     */
    double addGradient(double[] point, double[] gradient);
}
