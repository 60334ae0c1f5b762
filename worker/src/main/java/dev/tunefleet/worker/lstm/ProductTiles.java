package dev.tunefleet.worker.lstm;

import jdk.incubator.vector.FloatVector;

import static dev.tunefleet.worker.lstm.Layout.LANES;
import static dev.tunefleet.worker.lstm.Simd.SPECIES;
import static dev.tunefleet.worker.lstm.Simd.TILE;
import static dev.tunefleet.worker.lstm.Simd.WIDTH;

/**
 * Register tiles of {@link Kernels#multiply}: rows times two vectors, held in registers over the whole depth. A method per height:
 * C2 keeps the vectors in registers only while the method is small and its loop plain, which is why these are written out.
 */
final class ProductTiles {
    private ProductTiles() {}

    /** Up to {@link Simd#TILE} rows of one panel. */
    static void tile(float[] m, int a, int b, int c, int depth, int rows, boolean add) {
        if (rows <= 4) {
            four(m, a, b, c, depth, rows, add);
        } else if (TILE == 6) {
            six(m, a, b, c, depth, rows, add);
        } else {
            eight(m, a, b, c, depth, rows, add);
        }
    }

    /** Sixteen sums: for 32 vector registers. */
    private static void eight(float[] m, int a, int b, int c, int depth, int rows, boolean add) {
        FloatVector c00 = FloatVector.zero(SPECIES);
        FloatVector c01 = FloatVector.zero(SPECIES);
        FloatVector c10 = FloatVector.zero(SPECIES);
        FloatVector c11 = FloatVector.zero(SPECIES);
        FloatVector c20 = FloatVector.zero(SPECIES);
        FloatVector c21 = FloatVector.zero(SPECIES);
        FloatVector c30 = FloatVector.zero(SPECIES);
        FloatVector c31 = FloatVector.zero(SPECIES);
        FloatVector c40 = FloatVector.zero(SPECIES);
        FloatVector c41 = FloatVector.zero(SPECIES);
        FloatVector c50 = FloatVector.zero(SPECIES);
        FloatVector c51 = FloatVector.zero(SPECIES);
        FloatVector c60 = FloatVector.zero(SPECIES);
        FloatVector c61 = FloatVector.zero(SPECIES);
        FloatVector c70 = FloatVector.zero(SPECIES);
        FloatVector c71 = FloatVector.zero(SPECIES);
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, m, b + k * LANES);
            FloatVector b1 = FloatVector.fromArray(SPECIES, m, b + k * LANES + WIDTH);
            int panel = a + k * TILE;
            FloatVector a0 = FloatVector.broadcast(SPECIES, m[panel]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(SPECIES, m[panel + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(SPECIES, m[panel + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(SPECIES, m[panel + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            FloatVector a4 = FloatVector.broadcast(SPECIES, m[panel + 4]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            FloatVector a5 = FloatVector.broadcast(SPECIES, m[panel + 5]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
            FloatVector a6 = FloatVector.broadcast(SPECIES, m[panel + 6]);
            c60 = a6.fma(b0, c60);
            c61 = a6.fma(b1, c61);
            FloatVector a7 = FloatVector.broadcast(SPECIES, m[panel + 7]);
            c70 = a7.fma(b0, c70);
            c71 = a7.fma(b1, c71);
        }
        put(m, c, c00, add);
        put(m, c + WIDTH, c01, add);
        if (rows > 1) {
            put(m, c + LANES, c10, add);
            put(m, c + LANES + WIDTH, c11, add);
        }
        if (rows > 2) {
            put(m, c + 2 * LANES, c20, add);
            put(m, c + 2 * LANES + WIDTH, c21, add);
        }
        if (rows > 3) {
            put(m, c + 3 * LANES, c30, add);
            put(m, c + 3 * LANES + WIDTH, c31, add);
        }
        if (rows > 4) {
            put(m, c + 4 * LANES, c40, add);
            put(m, c + 4 * LANES + WIDTH, c41, add);
        }
        if (rows > 5) {
            put(m, c + 5 * LANES, c50, add);
            put(m, c + 5 * LANES + WIDTH, c51, add);
        }
        if (rows > 6) {
            put(m, c + 6 * LANES, c60, add);
            put(m, c + 6 * LANES + WIDTH, c61, add);
        }
        if (rows > 7) {
            put(m, c + 7 * LANES, c70, add);
            put(m, c + 7 * LANES + WIDTH, c71, add);
        }
    }

    /** Twelve sums: for 16 vector registers. */
    private static void six(float[] m, int a, int b, int c, int depth, int rows, boolean add) {
        FloatVector c00 = FloatVector.zero(SPECIES);
        FloatVector c01 = FloatVector.zero(SPECIES);
        FloatVector c10 = FloatVector.zero(SPECIES);
        FloatVector c11 = FloatVector.zero(SPECIES);
        FloatVector c20 = FloatVector.zero(SPECIES);
        FloatVector c21 = FloatVector.zero(SPECIES);
        FloatVector c30 = FloatVector.zero(SPECIES);
        FloatVector c31 = FloatVector.zero(SPECIES);
        FloatVector c40 = FloatVector.zero(SPECIES);
        FloatVector c41 = FloatVector.zero(SPECIES);
        FloatVector c50 = FloatVector.zero(SPECIES);
        FloatVector c51 = FloatVector.zero(SPECIES);
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, m, b + k * LANES);
            FloatVector b1 = FloatVector.fromArray(SPECIES, m, b + k * LANES + WIDTH);
            int panel = a + k * TILE;
            FloatVector a0 = FloatVector.broadcast(SPECIES, m[panel]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(SPECIES, m[panel + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(SPECIES, m[panel + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(SPECIES, m[panel + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            FloatVector a4 = FloatVector.broadcast(SPECIES, m[panel + 4]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            FloatVector a5 = FloatVector.broadcast(SPECIES, m[panel + 5]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
        }
        put(m, c, c00, add);
        put(m, c + WIDTH, c01, add);
        if (rows > 1) {
            put(m, c + LANES, c10, add);
            put(m, c + LANES + WIDTH, c11, add);
        }
        if (rows > 2) {
            put(m, c + 2 * LANES, c20, add);
            put(m, c + 2 * LANES + WIDTH, c21, add);
        }
        if (rows > 3) {
            put(m, c + 3 * LANES, c30, add);
            put(m, c + 3 * LANES + WIDTH, c31, add);
        }
        if (rows > 4) {
            put(m, c + 4 * LANES, c40, add);
            put(m, c + 4 * LANES + WIDTH, c41, add);
        }
        if (rows > 5) {
            put(m, c + 5 * LANES, c50, add);
            put(m, c + 5 * LANES + WIDTH, c51, add);
        }
    }

    /** The rest of a matrix. */
    private static void four(float[] m, int a, int b, int c, int depth, int rows, boolean add) {
        FloatVector c00 = FloatVector.zero(SPECIES);
        FloatVector c01 = FloatVector.zero(SPECIES);
        FloatVector c10 = FloatVector.zero(SPECIES);
        FloatVector c11 = FloatVector.zero(SPECIES);
        FloatVector c20 = FloatVector.zero(SPECIES);
        FloatVector c21 = FloatVector.zero(SPECIES);
        FloatVector c30 = FloatVector.zero(SPECIES);
        FloatVector c31 = FloatVector.zero(SPECIES);
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, m, b + k * LANES);
            FloatVector b1 = FloatVector.fromArray(SPECIES, m, b + k * LANES + WIDTH);
            int panel = a + k * TILE;
            FloatVector a0 = FloatVector.broadcast(SPECIES, m[panel]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(SPECIES, m[panel + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(SPECIES, m[panel + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(SPECIES, m[panel + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
        }
        put(m, c, c00, add);
        put(m, c + WIDTH, c01, add);
        if (rows > 1) {
            put(m, c + LANES, c10, add);
            put(m, c + LANES + WIDTH, c11, add);
        }
        if (rows > 2) {
            put(m, c + 2 * LANES, c20, add);
            put(m, c + 2 * LANES + WIDTH, c21, add);
        }
        if (rows > 3) {
            put(m, c + 3 * LANES, c30, add);
            put(m, c + 3 * LANES + WIDTH, c31, add);
        }
    }

    private static void put(float[] m, int at, FloatVector sum, boolean add) {
        if (add) {
            sum.add(FloatVector.fromArray(SPECIES, m, at)).intoArray(m, at);
        } else {
            sum.intoArray(m, at);
        }
    }
}
