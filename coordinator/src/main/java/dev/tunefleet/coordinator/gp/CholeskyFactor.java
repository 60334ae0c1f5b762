package dev.tunefleet.coordinator.gp;

import java.util.Arrays;

/**
 * The lower triangular factor L of a positive definite matrix, which grows by one row at a time: an appended factor is, bit
 * for bit, the factor of the larger matrix. Rows are shared between a factor and its copies and never change. Not thread-safe.
 */
public final class CholeskyFactor {

    /** The least square of a diagonal entry, relative to the matrix's own: what rounding leaves of equal rows. */
    private static final double LEAST = 1e-12;

    private double[][] rows;
    private int size;

    public CholeskyFactor() {
        this(new double[16][], 0);
    }

    private CholeskyFactor(double[][] rows, int size) {
        this.rows = rows;
        this.size = size;
    }

    /** A factor of the same matrix that can be appended to without changing this one. O(n). */
    public CholeskyFactor copy() {
        return new CholeskyFactor(Arrays.copyOf(rows, size + 16), size);
    }

    public int size() {
        return size;
    }

    /** Appends one row and column to the matrix. O(n²).
     *
     * @param covariances [n] of the new entry with the present ones
     * @param variance of the new entry
     */
    public void append(double[] covariances, double variance) {
        double[] row = Arrays.copyOf(covariances, size + 1);
        row[size] = 0;
        forward(row);
        double square = 0;
        for (int k = 0; k < size; k++) {
            square += row[k] * row[k];
        }
        row[size] = Math.sqrt(Math.max(variance - square, LEAST * variance));
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, 2 * size);
        }
        rows[size++] = row;
    }

    /** The entry (i, j) of L, j ≤ i. */
    public double entry(int i, int j) {
        return rows[i][j];
    }

    /** Solves L x = b in place; the first n entries of {@code b}. O(n²). */
    public void forward(double[] b) {
        for (int i = 0; i < size; i++) {
            double[] row = rows[i];
            b[i] = (b[i] - dot(row, b, i)) / row[i];
        }
    }

    /** Solves Lᵀ x = b in place; the first n entries of {@code b}. O(n²). */
    public void backward(double[] b) {
        for (int i = size - 1; i >= 0; i--) {
            double[] row = rows[i];
            double x = b[i] / row[i];
            b[i] = x;
            for (int k = 0; k < i; k++) {
                b[k] -= x * row[k];
            }
        }
    }

    /** Solves L X = B in place, B[n][m] with the right-hand sides in its columns. O(n² m), fast where m is 16 and more. */
    public void forward(double[][] b, int columns) {
        for (int i = 0; i < size; i++) {
            double[] row = rows[i];
            double[] target = b[i];
            int k = 0;
            for (; k + 3 < i; k += 4) {
                subtract(target, b, row, k, columns);
            }
            for (; k < i; k++) {
                subtract(target, b[k], row[k], columns);
            }
            scale(target, 1 / row[i], columns);
        }
    }

    /** Solves Lᵀ X = B in place, B[n][m] with the right-hand sides in its columns. O(n² m). */
    public void backward(double[][] b, int columns) {
        for (int i = size - 1; i >= 0; i--) {
            double[] row = rows[i];
            scale(b[i], 1 / row[i], columns);
            for (int k = 0; k < i; k++) {
                subtract(b[k], b[i], row[k], columns);
            }
        }
    }

    private static void subtract(double[] target, double[][] b, double[] row, int k, int columns) {
        double a0 = row[k];
        double a1 = row[k + 1];
        double a2 = row[k + 2];
        double a3 = row[k + 3];
        double[] b0 = b[k];
        double[] b1 = b[k + 1];
        double[] b2 = b[k + 2];
        double[] b3 = b[k + 3];
        for (int c = 0; c < columns; c++) {
            target[c] -= (a0 * b0[c] + a1 * b1[c]) + (a2 * b2[c] + a3 * b3[c]);
        }
    }

    private static void subtract(double[] target, double[] source, double factor, int columns) {
        for (int c = 0; c < columns; c++) {
            target[c] -= factor * source[c];
        }
    }

    private static void scale(double[] target, double factor, int columns) {
        for (int c = 0; c < columns; c++) {
            target[c] *= factor;
        }
    }

    /** Four sums side by side, since one alone would wait for each addition. */
    private static double dot(double[] a, double[] b, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        for (; k + 3 < count; k += 4) {
            s0 += a[k] * b[k];
            s1 += a[k + 1] * b[k + 1];
            s2 += a[k + 2] * b[k + 2];
            s3 += a[k + 3] * b[k + 3];
        }
        for (; k < count; k++) {
            s0 += a[k] * b[k];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
