package dev.tunefleet.coordinator.gp;

import java.util.List;

/** A value of trying a place, on a log scale; to be maximised. Terms add up. Not thread-safe. */
public interface Acquisition {

    /**
     * Adds the value of each of the first m places to {@code values}.
     *
     * @param points [m][d] features
     * @param values [m]
     */
    void addValues(double[][] points, int m, double[] values);

    /** Like {@link #addValues}, but for finding out which of many places deserve a closer look. */
    default void addRoughValues(double[][] points, int m, double[] values) {
        addValues(points, m, values);
    }

    /**
     * The value at one place; its gradient is added to {@code gradient}.
     *
     * @param point [d] features
     * @param gradient [d]
     */
    double addGradient(double[] point, double[] gradient);

    /** The sum of these terms; 0 everywhere without any. */
    static Acquisition sum(List<Acquisition> terms) {
        List<Acquisition> all = List.copyOf(terms);
        return new Acquisition() {
            @Override
            public void addValues(double[][] points, int m, double[] values) {
                all.forEach(term -> term.addValues(points, m, values));
            }

            @Override
            public void addRoughValues(double[][] points, int m, double[] values) {
                all.forEach(term -> term.addRoughValues(points, m, values));
            }

            @Override
            public double addGradient(double[] point, double[] gradient) {
                double value = 0;
                for (Acquisition term : all) {
                    value += term.addGradient(point, gradient);
                }
                return value;
            }
        };
    }
}
