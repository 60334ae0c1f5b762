package dev.tunefleet.worker.lstm;

import jdk.incubator.vector.FloatVector;

import static dev.tunefleet.worker.lstm.Layout.LANES;
import static dev.tunefleet.worker.lstm.Simd.SPECIES;
import static dev.tunefleet.worker.lstm.Simd.WIDTH;

/**
 * Register tiles of {@link Kernels#outer}: rows times one or two vectors of sums, held in registers over the steps and lanes of a
 * chunk. Written out for the reason given at {@link ProductTiles}.
 */
final class OuterTiles {
    private OuterTiles() {}

    /** Up to eight rows times two vectors. */
    static void pair(float[] m, Outer shape, int a, int b, int c, int rows) {
        if (rows <= 4) {
            fourPairs(m, shape, a, b, c, rows);
        } else if (rows <= 6) {
            sixPairs(m, shape, a, b, c, rows);
        } else {
            eightPairs(m, shape, a, b, c, rows);
        }
    }

    /** Sixteen sums: for 32 vector registers. */
    private static void eightPairs(float[] m, Outer shape, int a, int b, int c, int rows) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, m, c);
        FloatVector c01 = FloatVector.fromArray(SPECIES, m, c + WIDTH);
        FloatVector c10 = FloatVector.fromArray(SPECIES, m, c + 2 * WIDTH);
        FloatVector c11 = FloatVector.fromArray(SPECIES, m, c + 2 * WIDTH + WIDTH);
        FloatVector c20 = FloatVector.fromArray(SPECIES, m, c + 2 * 2 * WIDTH);
        FloatVector c21 = FloatVector.fromArray(SPECIES, m, c + 2 * 2 * WIDTH + WIDTH);
        FloatVector c30 = FloatVector.fromArray(SPECIES, m, c + 3 * 2 * WIDTH);
        FloatVector c31 = FloatVector.fromArray(SPECIES, m, c + 3 * 2 * WIDTH + WIDTH);
        FloatVector c40 = FloatVector.fromArray(SPECIES, m, c + 4 * 2 * WIDTH);
        FloatVector c41 = FloatVector.fromArray(SPECIES, m, c + 4 * 2 * WIDTH + WIDTH);
        FloatVector c50 = FloatVector.fromArray(SPECIES, m, c + 5 * 2 * WIDTH);
        FloatVector c51 = FloatVector.fromArray(SPECIES, m, c + 5 * 2 * WIDTH + WIDTH);
        FloatVector c60 = FloatVector.fromArray(SPECIES, m, c + 6 * 2 * WIDTH);
        FloatVector c61 = FloatVector.fromArray(SPECIES, m, c + 6 * 2 * WIDTH + WIDTH);
        FloatVector c70 = FloatVector.fromArray(SPECIES, m, c + 7 * 2 * WIDTH);
        FloatVector c71 = FloatVector.fromArray(SPECIES, m, c + 7 * 2 * WIDTH + WIDTH);
        int panel = b;
        for (int step = 0; step < shape.steps(); step++) {
            int row = a + step * shape.stride();
            for (int i = 0; i < LANES; i++) {
                FloatVector b0 = FloatVector.fromArray(SPECIES, m, panel + i * 2 * WIDTH);
                FloatVector b1 = FloatVector.fromArray(SPECIES, m, panel + i * 2 * WIDTH + WIDTH);
                FloatVector a0 = FloatVector.broadcast(SPECIES, m[row + i]);
                c00 = a0.fma(b0, c00);
                c01 = a0.fma(b1, c01);
                FloatVector a1 = FloatVector.broadcast(SPECIES, m[row + i + LANES]);
                c10 = a1.fma(b0, c10);
                c11 = a1.fma(b1, c11);
                FloatVector a2 = FloatVector.broadcast(SPECIES, m[row + i + 2 * LANES]);
                c20 = a2.fma(b0, c20);
                c21 = a2.fma(b1, c21);
                FloatVector a3 = FloatVector.broadcast(SPECIES, m[row + i + 3 * LANES]);
                c30 = a3.fma(b0, c30);
                c31 = a3.fma(b1, c31);
                FloatVector a4 = FloatVector.broadcast(SPECIES, m[row + i + 4 * LANES]);
                c40 = a4.fma(b0, c40);
                c41 = a4.fma(b1, c41);
                FloatVector a5 = FloatVector.broadcast(SPECIES, m[row + i + 5 * LANES]);
                c50 = a5.fma(b0, c50);
                c51 = a5.fma(b1, c51);
                FloatVector a6 = FloatVector.broadcast(SPECIES, m[row + i + 6 * LANES]);
                c60 = a6.fma(b0, c60);
                c61 = a6.fma(b1, c61);
                FloatVector a7 = FloatVector.broadcast(SPECIES, m[row + i + 7 * LANES]);
                c70 = a7.fma(b0, c70);
                c71 = a7.fma(b1, c71);
            }
            panel += LANES * 2 * WIDTH;
        }
        c00.intoArray(m, c);
        c01.intoArray(m, c + WIDTH);
        if (rows > 1) {
            c10.intoArray(m, c + 2 * WIDTH);
            c11.intoArray(m, c + 2 * WIDTH + WIDTH);
        }
        if (rows > 2) {
            c20.intoArray(m, c + 2 * 2 * WIDTH);
            c21.intoArray(m, c + 2 * 2 * WIDTH + WIDTH);
        }
        if (rows > 3) {
            c30.intoArray(m, c + 3 * 2 * WIDTH);
            c31.intoArray(m, c + 3 * 2 * WIDTH + WIDTH);
        }
        if (rows > 4) {
            c40.intoArray(m, c + 4 * 2 * WIDTH);
            c41.intoArray(m, c + 4 * 2 * WIDTH + WIDTH);
        }
        if (rows > 5) {
            c50.intoArray(m, c + 5 * 2 * WIDTH);
            c51.intoArray(m, c + 5 * 2 * WIDTH + WIDTH);
        }
        if (rows > 6) {
            c60.intoArray(m, c + 6 * 2 * WIDTH);
            c61.intoArray(m, c + 6 * 2 * WIDTH + WIDTH);
        }
        if (rows > 7) {
            c70.intoArray(m, c + 7 * 2 * WIDTH);
            c71.intoArray(m, c + 7 * 2 * WIDTH + WIDTH);
        }
    }

    /** Twelve sums: for 16 vector registers. */
    private static void sixPairs(float[] m, Outer shape, int a, int b, int c, int rows) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, m, c);
        FloatVector c01 = FloatVector.fromArray(SPECIES, m, c + WIDTH);
        FloatVector c10 = FloatVector.fromArray(SPECIES, m, c + 2 * WIDTH);
        FloatVector c11 = FloatVector.fromArray(SPECIES, m, c + 2 * WIDTH + WIDTH);
        FloatVector c20 = FloatVector.fromArray(SPECIES, m, c + 2 * 2 * WIDTH);
        FloatVector c21 = FloatVector.fromArray(SPECIES, m, c + 2 * 2 * WIDTH + WIDTH);
        FloatVector c30 = FloatVector.fromArray(SPECIES, m, c + 3 * 2 * WIDTH);
        FloatVector c31 = FloatVector.fromArray(SPECIES, m, c + 3 * 2 * WIDTH + WIDTH);
        FloatVector c40 = FloatVector.fromArray(SPECIES, m, c + 4 * 2 * WIDTH);
        FloatVector c41 = FloatVector.fromArray(SPECIES, m, c + 4 * 2 * WIDTH + WIDTH);
        FloatVector c50 = FloatVector.fromArray(SPECIES, m, c + 5 * 2 * WIDTH);
        FloatVector c51 = FloatVector.fromArray(SPECIES, m, c + 5 * 2 * WIDTH + WIDTH);
        int panel = b;
        for (int step = 0; step < shape.steps(); step++) {
            int row = a + step * shape.stride();
            for (int i = 0; i < LANES; i++) {
                FloatVector b0 = FloatVector.fromArray(SPECIES, m, panel + i * 2 * WIDTH);
                FloatVector b1 = FloatVector.fromArray(SPECIES, m, panel + i * 2 * WIDTH + WIDTH);
                FloatVector a0 = FloatVector.broadcast(SPECIES, m[row + i]);
                c00 = a0.fma(b0, c00);
                c01 = a0.fma(b1, c01);
                FloatVector a1 = FloatVector.broadcast(SPECIES, m[row + i + LANES]);
                c10 = a1.fma(b0, c10);
                c11 = a1.fma(b1, c11);
                FloatVector a2 = FloatVector.broadcast(SPECIES, m[row + i + 2 * LANES]);
                c20 = a2.fma(b0, c20);
                c21 = a2.fma(b1, c21);
                FloatVector a3 = FloatVector.broadcast(SPECIES, m[row + i + 3 * LANES]);
                c30 = a3.fma(b0, c30);
                c31 = a3.fma(b1, c31);
                FloatVector a4 = FloatVector.broadcast(SPECIES, m[row + i + 4 * LANES]);
                c40 = a4.fma(b0, c40);
                c41 = a4.fma(b1, c41);
                FloatVector a5 = FloatVector.broadcast(SPECIES, m[row + i + 5 * LANES]);
                c50 = a5.fma(b0, c50);
                c51 = a5.fma(b1, c51);
            }
            panel += LANES * 2 * WIDTH;
        }
        c00.intoArray(m, c);
        c01.intoArray(m, c + WIDTH);
        if (rows > 1) {
            c10.intoArray(m, c + 2 * WIDTH);
            c11.intoArray(m, c + 2 * WIDTH + WIDTH);
        }
        if (rows > 2) {
            c20.intoArray(m, c + 2 * 2 * WIDTH);
            c21.intoArray(m, c + 2 * 2 * WIDTH + WIDTH);
        }
        if (rows > 3) {
            c30.intoArray(m, c + 3 * 2 * WIDTH);
            c31.intoArray(m, c + 3 * 2 * WIDTH + WIDTH);
        }
        if (rows > 4) {
            c40.intoArray(m, c + 4 * 2 * WIDTH);
            c41.intoArray(m, c + 4 * 2 * WIDTH + WIDTH);
        }
        if (rows > 5) {
            c50.intoArray(m, c + 5 * 2 * WIDTH);
            c51.intoArray(m, c + 5 * 2 * WIDTH + WIDTH);
        }
    }

    /** The rest of a matrix. */
    private static void fourPairs(float[] m, Outer shape, int a, int b, int c, int rows) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, m, c);
        FloatVector c01 = FloatVector.fromArray(SPECIES, m, c + WIDTH);
        FloatVector c10 = FloatVector.fromArray(SPECIES, m, c + 2 * WIDTH);
        FloatVector c11 = FloatVector.fromArray(SPECIES, m, c + 2 * WIDTH + WIDTH);
        FloatVector c20 = FloatVector.fromArray(SPECIES, m, c + 2 * 2 * WIDTH);
        FloatVector c21 = FloatVector.fromArray(SPECIES, m, c + 2 * 2 * WIDTH + WIDTH);
        FloatVector c30 = FloatVector.fromArray(SPECIES, m, c + 3 * 2 * WIDTH);
        FloatVector c31 = FloatVector.fromArray(SPECIES, m, c + 3 * 2 * WIDTH + WIDTH);
        int panel = b;
        for (int step = 0; step < shape.steps(); step++) {
            int row = a + step * shape.stride();
            for (int i = 0; i < LANES; i++) {
                FloatVector b0 = FloatVector.fromArray(SPECIES, m, panel + i * 2 * WIDTH);
                FloatVector b1 = FloatVector.fromArray(SPECIES, m, panel + i * 2 * WIDTH + WIDTH);
                FloatVector a0 = FloatVector.broadcast(SPECIES, m[row + i]);
                c00 = a0.fma(b0, c00);
                c01 = a0.fma(b1, c01);
                FloatVector a1 = FloatVector.broadcast(SPECIES, m[row + i + LANES]);
                c10 = a1.fma(b0, c10);
                c11 = a1.fma(b1, c11);
                FloatVector a2 = FloatVector.broadcast(SPECIES, m[row + i + 2 * LANES]);
                c20 = a2.fma(b0, c20);
                c21 = a2.fma(b1, c21);
                FloatVector a3 = FloatVector.broadcast(SPECIES, m[row + i + 3 * LANES]);
                c30 = a3.fma(b0, c30);
                c31 = a3.fma(b1, c31);
            }
            panel += LANES * 2 * WIDTH;
        }
        c00.intoArray(m, c);
        c01.intoArray(m, c + WIDTH);
        if (rows > 1) {
            c10.intoArray(m, c + 2 * WIDTH);
            c11.intoArray(m, c + 2 * WIDTH + WIDTH);
        }
        if (rows > 2) {
            c20.intoArray(m, c + 2 * 2 * WIDTH);
            c21.intoArray(m, c + 2 * 2 * WIDTH + WIDTH);
        }
        if (rows > 3) {
            c30.intoArray(m, c + 3 * 2 * WIDTH);
            c31.intoArray(m, c + 3 * 2 * WIDTH + WIDTH);
        }
    }

    /** Up to eight rows times one vector, where the vectors of a row are odd. */
    static void single(float[] m, Outer shape, int a, int b, int c, int rows) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, m, c);
        FloatVector c10 = FloatVector.fromArray(SPECIES, m, c + WIDTH);
        FloatVector c20 = FloatVector.fromArray(SPECIES, m, c + 2 * WIDTH);
        FloatVector c30 = FloatVector.fromArray(SPECIES, m, c + 3 * WIDTH);
        FloatVector c40 = FloatVector.fromArray(SPECIES, m, c + 4 * WIDTH);
        FloatVector c50 = FloatVector.fromArray(SPECIES, m, c + 5 * WIDTH);
        FloatVector c60 = FloatVector.fromArray(SPECIES, m, c + 6 * WIDTH);
        FloatVector c70 = FloatVector.fromArray(SPECIES, m, c + 7 * WIDTH);
        int panel = b;
        for (int step = 0; step < shape.steps(); step++) {
            int row = a + step * shape.stride();
            for (int i = 0; i < LANES; i++) {
                FloatVector b0 = FloatVector.fromArray(SPECIES, m, panel + i * WIDTH);
                FloatVector a0 = FloatVector.broadcast(SPECIES, m[row + i]);
                c00 = a0.fma(b0, c00);
                FloatVector a1 = FloatVector.broadcast(SPECIES, m[row + i + LANES]);
                c10 = a1.fma(b0, c10);
                FloatVector a2 = FloatVector.broadcast(SPECIES, m[row + i + 2 * LANES]);
                c20 = a2.fma(b0, c20);
                FloatVector a3 = FloatVector.broadcast(SPECIES, m[row + i + 3 * LANES]);
                c30 = a3.fma(b0, c30);
                FloatVector a4 = FloatVector.broadcast(SPECIES, m[row + i + 4 * LANES]);
                c40 = a4.fma(b0, c40);
                FloatVector a5 = FloatVector.broadcast(SPECIES, m[row + i + 5 * LANES]);
                c50 = a5.fma(b0, c50);
                FloatVector a6 = FloatVector.broadcast(SPECIES, m[row + i + 6 * LANES]);
                c60 = a6.fma(b0, c60);
                FloatVector a7 = FloatVector.broadcast(SPECIES, m[row + i + 7 * LANES]);
                c70 = a7.fma(b0, c70);
            }
            panel += LANES * WIDTH;
        }
        c00.intoArray(m, c);
        if (rows > 1) {
            c10.intoArray(m, c + WIDTH);
        }
        if (rows > 2) {
            c20.intoArray(m, c + 2 * WIDTH);
        }
        if (rows > 3) {
            c30.intoArray(m, c + 3 * WIDTH);
        }
        if (rows > 4) {
            c40.intoArray(m, c + 4 * WIDTH);
        }
        if (rows > 5) {
            c50.intoArray(m, c + 5 * WIDTH);
        }
        if (rows > 6) {
            c60.intoArray(m, c + 6 * WIDTH);
        }
        if (rows > 7) {
            c70.intoArray(m, c + 7 * WIDTH);
        }
    }
}
