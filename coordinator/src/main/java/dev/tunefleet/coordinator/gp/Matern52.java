package dev.tunefleet.coordinator.gp;

/**
 * The Matérn covariance with smoothness 5/2 and variance 1 (Rasmussen and Williams 2006, equation 4.17): with s = √(5 r²),
 * k = (1 + s + s²/3) e^-s, where r is the distance after division by the length scales.
 */
public final class Matern52 {

    private static final double ROOT_FIVE = Math.sqrt(5);

    private Matern52() {}

    /** The correlation at squared scaled distance {@code r2}. */
    public static double correlation(double r2) {
        double s = ROOT_FIVE * Math.sqrt(r2);
        return (1 + s + s * s / 3) * Math.exp(-s);
    }

    /** The derivative of the correlation with respect to r²: -(5/6) (1 + s) e^-s. */
    public static double slope(double r2) {
        double s = ROOT_FIVE * Math.sqrt(r2);
        return -5.0 / 6 * (1 + s) * Math.exp(-s);
    }

    /** Replaces each of the first {@code count} squared distances by {@code variance} times its correlation. */
    static void correlate(double[] r2, int count, double variance) {
        for (int i = 0; i < count; i++) {
            r2[i] = variance * correlation(r2[i]);
        }
    }
}
