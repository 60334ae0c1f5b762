package dev.tunefleet.worker.lstm;

import jdk.incubator.vector.FloatVector;

import static dev.tunefleet.worker.lstm.Layout.LANES;
import static dev.tunefleet.worker.lstm.Simd.SPECIES;
import static dev.tunefleet.worker.lstm.Simd.TILE;
import static dev.tunefleet.worker.lstm.Simd.WIDTH;

/**
 * Register tiles of {@link Kernels#outer}: rows times one or two vectors, held in registers over the steps and lanes of a chunk,
 * then added to the sums in memory. Written out for the reason given at {@link ProductTiles}.
 */
final class OuterTiles {
    private OuterTiles() {}

    /** Up to {@link Simd#TILE} rows times two vectors. */
    static void pair(float[] m, Outer shape, int a, int b, int c, int rows) {
        if (rows <= 4) {
            fourPairs(m, shape, a, b, c, rows);
        } else if (TILE == 6) {
            sixPairs(m, shape, a, b, c, rows);
        } else {
            eightPairs(m, shape, a, b, c, rows);
        }
    }

    /** Sixteen sums: for 32 vector registers. */
    private static void eightPairs(float[] m, Outer shape, int a, int b, int c, int rows) {
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
        int panel = b;
        for (int step = 0; step < shape.steps(); step++) {
            int row = a + step * shape.stride();
            for (int k = 0; k < LANES; k++) {
                FloatVector b0 = FloatVector.fromArray(SPECIES, m, panel + k * (2 * WIDTH));
                FloatVector b1 = FloatVector.fromArray(SPECIES, m, panel + k * (2 * WIDTH) + WIDTH);
                FloatVector a0 = FloatVector.broadcast(SPECIES, m[row + k]);
                c00 = a0.fma(b0, c00);
                c01 = a0.fma(b1, c01);
                FloatVector a1 = FloatVector.broadcast(SPECIES, m[row + k + 1 * LANES]);
                c10 = a1.fma(b0, c10);
                c11 = a1.fma(b1, c11);
                FloatVector a2 = FloatVector.broadcast(SPECIES, m[row + k + 2 * LANES]);
                c20 = a2.fma(b0, c20);
                c21 = a2.fma(b1, c21);
                FloatVector a3 = FloatVector.broadcast(SPECIES, m[row + k + 3 * LANES]);
                c30 = a3.fma(b0, c30);
                c31 = a3.fma(b1, c31);
                FloatVector a4 = FloatVector.broadcast(SPECIES, m[row + k + 4 * LANES]);
                c40 = a4.fma(b0, c40);
                c41 = a4.fma(b1, c41);
                FloatVector a5 = FloatVector.broadcast(SPECIES, m[row + k + 5 * LANES]);
                c50 = a5.fma(b0, c50);
                c51 = a5.fma(b1, c51);
                FloatVector a6 = FloatVector.broadcast(SPECIES, m[row + k + 6 * LANES]);
                c60 = a6.fma(b0, c60);
                c61 = a6.fma(b1, c61);
                FloatVector a7 = FloatVector.broadcast(SPECIES, m[row + k + 7 * LANES]);
                c70 = a7.fma(b0, c70);
                c71 = a7.fma(b1, c71);
            }
            panel += LANES * 2 * WIDTH;
        }
        put(m, c, c00, true);
        put(m, c + WIDTH, c01, true);
        if (rows > 1) {
            put(m, c + shape.width(), c10, true);
            put(m, c + shape.width() + WIDTH, c11, true);
        }
        if (rows > 2) {
            put(m, c + 2 * shape.width(), c20, true);
            put(m, c + 2 * shape.width() + WIDTH, c21, true);
        }
        if (rows > 3) {
            put(m, c + 3 * shape.width(), c30, true);
            put(m, c + 3 * shape.width() + WIDTH, c31, true);
        }
        if (rows > 4) {
            put(m, c + 4 * shape.width(), c40, true);
            put(m, c + 4 * shape.width() + WIDTH, c41, true);
        }
        if (rows > 5) {
            put(m, c + 5 * shape.width(), c50, true);
            put(m, c + 5 * shape.width() + WIDTH, c51, true);
        }
        if (rows > 6) {
            put(m, c + 6 * shape.width(), c60, true);
            put(m, c + 6 * shape.width() + WIDTH, c61, true);
        }
        if (rows > 7) {
            put(m, c + 7 * shape.width(), c70, true);
            put(m, c + 7 * shape.width() + WIDTH, c71, true);
        }
    }

    /** Twelve sums: for 16 vector registers. */
    private static void sixPairs(float[] m, Outer shape, int a, int b, int c, int rows) {
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
        int panel = b;
        for (int step = 0; step < shape.steps(); step++) {
            int row = a + step * shape.stride();
            for (int k = 0; k < LANES; k++) {
                FloatVector b0 = FloatVector.fromArray(SPECIES, m, panel + k * (2 * WIDTH));
                FloatVector b1 = FloatVector.fromArray(SPECIES, m, panel + k * (2 * WIDTH) + WIDTH);
                FloatVector a0 = FloatVector.broadcast(SPECIES, m[row + k]);
                c00 = a0.fma(b0, c00);
                c01 = a0.fma(b1, c01);
                FloatVector a1 = FloatVector.broadcast(SPECIES, m[row + k + 1 * LANES]);
                c10 = a1.fma(b0, c10);
                c11 = a1.fma(b1, c11);
                FloatVector a2 = FloatVector.broadcast(SPECIES, m[row + k + 2 * LANES]);
                c20 = a2.fma(b0, c20);
                c21 = a2.fma(b1, c21);
                FloatVector a3 = FloatVector.broadcast(SPECIES, m[row + k + 3 * LANES]);
                c30 = a3.fma(b0, c30);
                c31 = a3.fma(b1, c31);
                FloatVector a4 = FloatVector.broadcast(SPECIES, m[row + k + 4 * LANES]);
                c40 = a4.fma(b0, c40);
                c41 = a4.fma(b1, c41);
                FloatVector a5 = FloatVector.broadcast(SPECIES, m[row + k + 5 * LANES]);
                c50 = a5.fma(b0, c50);
                c51 = a5.fma(b1, c51);
            }
            panel += LANES * 2 * WIDTH;
        }
        put(m, c, c00, true);
        put(m, c + WIDTH, c01, true);
        if (rows > 1) {
            put(m, c + shape.width(), c10, true);
            put(m, c + shape.width() + WIDTH, c11, true);
        }
        if (rows > 2) {
            put(m, c + 2 * shape.width(), c20, true);
            put(m, c + 2 * shape.width() + WIDTH, c21, true);
        }
        if (rows > 3) {
            put(m, c + 3 * shape.width(), c30, true);
            put(m, c + 3 * shape.width() + WIDTH, c31, true);
        }
        if (rows > 4) {
            put(m, c + 4 * shape.width(), c40, true);
            put(m, c + 4 * shape.width() + WIDTH, c41, true);
        }
        if (rows > 5) {
            put(m, c + 5 * shape.width(), c50, true);
            put(m, c + 5 * shape.width() + WIDTH, c51, true);
        }
    }

    /** The rest of a matrix. */
    private static void fourPairs(float[] m, Outer shape, int a, int b, int c, int rows) {
        FloatVector c00 = FloatVector.zero(SPECIES);
        FloatVector c01 = FloatVector.zero(SPECIES);
        FloatVector c10 = FloatVector.zero(SPECIES);
        FloatVector c11 = FloatVector.zero(SPECIES);
        FloatVector c20 = FloatVector.zero(SPECIES);
        FloatVector c21 = FloatVector.zero(SPECIES);
        FloatVector c30 = FloatVector.zero(SPECIES);
        FloatVector c31 = FloatVector.zero(SPECIES);
        int panel = b;
        for (int step = 0; step < shape.steps(); step++) {
            int row = a + step * shape.stride();
            for (int k = 0; k < LANES; k++) {
                FloatVector b0 = FloatVector.fromArray(SPECIES, m, panel + k * (2 * WIDTH));
                FloatVector b1 = FloatVector.fromArray(SPECIES, m, panel + k * (2 * WIDTH) + WIDTH);
                FloatVector a0 = FloatVector.broadcast(SPECIES, m[row + k]);
                c00 = a0.fma(b0, c00);
                c01 = a0.fma(b1, c01);
                FloatVector a1 = FloatVector.broadcast(SPECIES, m[row + k + 1 * LANES]);
                c10 = a1.fma(b0, c10);
                c11 = a1.fma(b1, c11);
                FloatVector a2 = FloatVector.broadcast(SPECIES, m[row + k + 2 * LANES]);
                c20 = a2.fma(b0, c20);
                c21 = a2.fma(b1, c21);
                FloatVector a3 = FloatVector.broadcast(SPECIES, m[row + k + 3 * LANES]);
                c30 = a3.fma(b0, c30);
                c31 = a3.fma(b1, c31);
            }
            panel += LANES * 2 * WIDTH;
        }
        put(m, c, c00, true);
        put(m, c + WIDTH, c01, true);
        if (rows > 1) {
            put(m, c + shape.width(), c10, true);
            put(m, c + shape.width() + WIDTH, c11, true);
        }
        if (rows > 2) {
            put(m, c + 2 * shape.width(), c20, true);
            put(m, c + 2 * shape.width() + WIDTH, c21, true);
        }
        if (rows > 3) {
            put(m, c + 3 * shape.width(), c30, true);
            put(m, c + 3 * shape.width() + WIDTH, c31, true);
        }
    }

    /** Up to eight rows times one vector, where the vectors of a row are odd. */
    static void single(float[] m, Outer shape, int a, int b, int c, int rows) {
        FloatVector c00 = FloatVector.zero(SPECIES);
        FloatVector c10 = FloatVector.zero(SPECIES);
        FloatVector c20 = FloatVector.zero(SPECIES);
        FloatVector c30 = FloatVector.zero(SPECIES);
        FloatVector c40 = FloatVector.zero(SPECIES);
        FloatVector c50 = FloatVector.zero(SPECIES);
        FloatVector c60 = FloatVector.zero(SPECIES);
        FloatVector c70 = FloatVector.zero(SPECIES);
        int panel = b;
        for (int step = 0; step < shape.steps(); step++) {
            int row = a + step * shape.stride();
            for (int k = 0; k < LANES; k++) {
                FloatVector b0 = FloatVector.fromArray(SPECIES, m, panel + k * WIDTH);
                FloatVector a0 = FloatVector.broadcast(SPECIES, m[row + k]);
                c00 = a0.fma(b0, c00);
                FloatVector a1 = FloatVector.broadcast(SPECIES, m[row + k + 1 * LANES]);
                c10 = a1.fma(b0, c10);
                FloatVector a2 = FloatVector.broadcast(SPECIES, m[row + k + 2 * LANES]);
                c20 = a2.fma(b0, c20);
                FloatVector a3 = FloatVector.broadcast(SPECIES, m[row + k + 3 * LANES]);
                c30 = a3.fma(b0, c30);
                FloatVector a4 = FloatVector.broadcast(SPECIES, m[row + k + 4 * LANES]);
                c40 = a4.fma(b0, c40);
                FloatVector a5 = FloatVector.broadcast(SPECIES, m[row + k + 5 * LANES]);
                c50 = a5.fma(b0, c50);
                FloatVector a6 = FloatVector.broadcast(SPECIES, m[row + k + 6 * LANES]);
                c60 = a6.fma(b0, c60);
                FloatVector a7 = FloatVector.broadcast(SPECIES, m[row + k + 7 * LANES]);
                c70 = a7.fma(b0, c70);
            }
            panel += LANES * WIDTH;
        }
        put(m, c, c00, true);
        if (rows > 1) {
            put(m, c + shape.width(), c10, true);
        }
        if (rows > 2) {
            put(m, c + 2 * shape.width(), c20, true);
        }
        if (rows > 3) {
            put(m, c + 3 * shape.width(), c30, true);
        }
        if (rows > 4) {
            put(m, c + 4 * shape.width(), c40, true);
        }
        if (rows > 5) {
            put(m, c + 5 * shape.width(), c50, true);
        }
        if (rows > 6) {
            put(m, c + 6 * shape.width(), c60, true);
        }
        if (rows > 7) {
            put(m, c + 7 * shape.width(), c70, true);
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
