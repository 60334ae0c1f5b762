package dev.tunefleet.worker.lstm;

import jdk.incubator.vector.FloatVector;

import static dev.tunefleet.worker.lstm.Layout.LANES;
import static dev.tunefleet.worker.lstm.Simd.SPECIES;
import static dev.tunefleet.worker.lstm.Simd.WIDTH;

/**
 * Register tiles of {@link Kernels#multiply}: rows times two vectors of sums, held in registers over the whole depth. They start
 * from what lies at {@code from}, with that many floats from row to row: C itself, or one row of zeros.
 *
 * <p>The methods are long lists on purpose. C2 keeps vectors in registers only where no method takes or returns them, loops are
 * plain and the tile fits the register file; any array, helper or branch around a vector makes it allocate each one. The height
 * of a panel is written out too: by a variable, each access would be checked against the end of the arena.
 */
final class ProductTiles {
    private ProductTiles() {}

    /** Up to eight rows of a panel of eight. */
    static void ofEight(float[] m, int a, int b, int from, int stride, int c, int depth, int rows) {
        if (rows <= 4) {
            rest(m, a, b, from, stride, c, depth, rows);
        } else {
            eight(m, a, b, from, stride, c, depth, rows);
        }
    }

    /** Sixteen sums: for 32 vector registers. */
    private static void eight(float[] m, int a, int b, int from, int stride, int c, int depth, int rows) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, m, from);
        FloatVector c01 = FloatVector.fromArray(SPECIES, m, from + WIDTH);
        FloatVector c10 = FloatVector.fromArray(SPECIES, m, from + stride);
        FloatVector c11 = FloatVector.fromArray(SPECIES, m, from + stride + WIDTH);
        FloatVector c20 = FloatVector.fromArray(SPECIES, m, from + 2 * stride);
        FloatVector c21 = FloatVector.fromArray(SPECIES, m, from + 2 * stride + WIDTH);
        FloatVector c30 = FloatVector.fromArray(SPECIES, m, from + 3 * stride);
        FloatVector c31 = FloatVector.fromArray(SPECIES, m, from + 3 * stride + WIDTH);
        FloatVector c40 = FloatVector.fromArray(SPECIES, m, from + 4 * stride);
        FloatVector c41 = FloatVector.fromArray(SPECIES, m, from + 4 * stride + WIDTH);
        FloatVector c50 = FloatVector.fromArray(SPECIES, m, from + 5 * stride);
        FloatVector c51 = FloatVector.fromArray(SPECIES, m, from + 5 * stride + WIDTH);
        FloatVector c60 = FloatVector.fromArray(SPECIES, m, from + 6 * stride);
        FloatVector c61 = FloatVector.fromArray(SPECIES, m, from + 6 * stride + WIDTH);
        FloatVector c70 = FloatVector.fromArray(SPECIES, m, from + 7 * stride);
        FloatVector c71 = FloatVector.fromArray(SPECIES, m, from + 7 * stride + WIDTH);
        for (int i = 0; i < depth; i++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, m, b + i * LANES);
            FloatVector b1 = FloatVector.fromArray(SPECIES, m, b + i * LANES + WIDTH);
            int panel = a + 8 * i;
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
        c00.intoArray(m, c);
        c01.intoArray(m, c + WIDTH);
        if (rows > 1) {
            c10.intoArray(m, c + LANES);
            c11.intoArray(m, c + LANES + WIDTH);
        }
        if (rows > 2) {
            c20.intoArray(m, c + 2 * LANES);
            c21.intoArray(m, c + 2 * LANES + WIDTH);
        }
        if (rows > 3) {
            c30.intoArray(m, c + 3 * LANES);
            c31.intoArray(m, c + 3 * LANES + WIDTH);
        }
        if (rows > 4) {
            c40.intoArray(m, c + 4 * LANES);
            c41.intoArray(m, c + 4 * LANES + WIDTH);
        }
        if (rows > 5) {
            c50.intoArray(m, c + 5 * LANES);
            c51.intoArray(m, c + 5 * LANES + WIDTH);
        }
        if (rows > 6) {
            c60.intoArray(m, c + 6 * LANES);
            c61.intoArray(m, c + 6 * LANES + WIDTH);
        }
        if (rows > 7) {
            c70.intoArray(m, c + 7 * LANES);
            c71.intoArray(m, c + 7 * LANES + WIDTH);
        }
    }

    /** Eight sums: for the rest of a matrix. */
    private static void rest(float[] m, int a, int b, int from, int stride, int c, int depth, int rows) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, m, from);
        FloatVector c01 = FloatVector.fromArray(SPECIES, m, from + WIDTH);
        FloatVector c10 = FloatVector.fromArray(SPECIES, m, from + stride);
        FloatVector c11 = FloatVector.fromArray(SPECIES, m, from + stride + WIDTH);
        FloatVector c20 = FloatVector.fromArray(SPECIES, m, from + 2 * stride);
        FloatVector c21 = FloatVector.fromArray(SPECIES, m, from + 2 * stride + WIDTH);
        FloatVector c30 = FloatVector.fromArray(SPECIES, m, from + 3 * stride);
        FloatVector c31 = FloatVector.fromArray(SPECIES, m, from + 3 * stride + WIDTH);
        for (int i = 0; i < depth; i++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, m, b + i * LANES);
            FloatVector b1 = FloatVector.fromArray(SPECIES, m, b + i * LANES + WIDTH);
            int panel = a + 8 * i;
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
        c00.intoArray(m, c);
        c01.intoArray(m, c + WIDTH);
        if (rows > 1) {
            c10.intoArray(m, c + LANES);
            c11.intoArray(m, c + LANES + WIDTH);
        }
        if (rows > 2) {
            c20.intoArray(m, c + 2 * LANES);
            c21.intoArray(m, c + 2 * LANES + WIDTH);
        }
        if (rows > 3) {
            c30.intoArray(m, c + 3 * LANES);
            c31.intoArray(m, c + 3 * LANES + WIDTH);
        }
    }

    /** Up to four rows of a panel of four: eight sums, for 16 vector registers. */
    static void ofFour(float[] m, int a, int b, int from, int stride, int c, int depth, int rows) {
        FloatVector c00 = FloatVector.fromArray(SPECIES, m, from);
        FloatVector c01 = FloatVector.fromArray(SPECIES, m, from + WIDTH);
        FloatVector c10 = FloatVector.fromArray(SPECIES, m, from + stride);
        FloatVector c11 = FloatVector.fromArray(SPECIES, m, from + stride + WIDTH);
        FloatVector c20 = FloatVector.fromArray(SPECIES, m, from + 2 * stride);
        FloatVector c21 = FloatVector.fromArray(SPECIES, m, from + 2 * stride + WIDTH);
        FloatVector c30 = FloatVector.fromArray(SPECIES, m, from + 3 * stride);
        FloatVector c31 = FloatVector.fromArray(SPECIES, m, from + 3 * stride + WIDTH);
        for (int i = 0; i < depth; i++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, m, b + i * LANES);
            FloatVector b1 = FloatVector.fromArray(SPECIES, m, b + i * LANES + WIDTH);
            int panel = a + 4 * i;
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
        c00.intoArray(m, c);
        c01.intoArray(m, c + WIDTH);
        if (rows > 1) {
            c10.intoArray(m, c + LANES);
            c11.intoArray(m, c + LANES + WIDTH);
        }
        if (rows > 2) {
            c20.intoArray(m, c + 2 * LANES);
            c21.intoArray(m, c + 2 * LANES + WIDTH);
        }
        if (rows > 3) {
            c30.intoArray(m, c + 3 * LANES);
            c31.intoArray(m, c + 3 * LANES + WIDTH);
        }
    }
}
