package dev.tunefleet.worker.lstm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

import static dev.tunefleet.worker.lstm.Layout.LANES;
import static dev.tunefleet.worker.lstm.Simd.INTEGERS;
import static dev.tunefleet.worker.lstm.Simd.SPECIES;
import static dev.tunefleet.worker.lstm.Simd.WIDTH;

/** Dropout by vectors, hash and all, as {@link Mask} defines it. */
final class Masks {
    private static final int HALF = LANES / 2;
    private static final IntVector PLACES = IntVector.zero(INTEGERS).addIndex(1).mul(Mask.STRIDE);

    private Masks() {}

    /** Rows times their mask. */
    static void copy(float[] m, Mask mask, int from, int to, int rows) {
        for (int i = 0; i < rows * HALF; i += WIDTH) {
            IntVector x = PLACES.add(i * Mask.STRIDE + mask.first);
            x = x.lanewise(VectorOperators.LSHR, 16)
                    .lanewise(VectorOperators.XOR, x)
                    .mul(Mask.FACTOR1);
            x = x.lanewise(VectorOperators.LSHR, 15)
                    .lanewise(VectorOperators.XOR, x)
                    .lanewise(VectorOperators.XOR, mask.second)
                    .mul(Mask.FACTOR2);
            x = x.lanewise(VectorOperators.LSHR, 15).lanewise(VectorOperators.XOR, x);
            int at = i / HALF * LANES + i % HALF;
            FloatVector.fromArray(SPECIES, m, from + at)
                    .mul(mask.scale)
                    .blend(
                            0,
                            x.and(0xFFFF)
                                    .compare(VectorOperators.LT, mask.threshold)
                                    .cast(SPECIES))
                    .intoArray(m, to + at);
            FloatVector.fromArray(SPECIES, m, from + at + HALF)
                    .mul(mask.scale)
                    .blend(
                            0,
                            x.lanewise(VectorOperators.LSHR, 16)
                                    .compare(VectorOperators.LT, mask.threshold)
                                    .cast(SPECIES))
                    .intoArray(m, to + at + HALF);
        }
    }

    /** Adds rows times their mask. */
    static void add(float[] m, Mask mask, int from, int to, int rows) {
        for (int i = 0; i < rows * HALF; i += WIDTH) {
            IntVector x = PLACES.add(i * Mask.STRIDE + mask.first);
            x = x.lanewise(VectorOperators.LSHR, 16)
                    .lanewise(VectorOperators.XOR, x)
                    .mul(Mask.FACTOR1);
            x = x.lanewise(VectorOperators.LSHR, 15)
                    .lanewise(VectorOperators.XOR, x)
                    .lanewise(VectorOperators.XOR, mask.second)
                    .mul(Mask.FACTOR2);
            x = x.lanewise(VectorOperators.LSHR, 15).lanewise(VectorOperators.XOR, x);
            int at = i / HALF * LANES + i % HALF;
            FloatVector.fromArray(SPECIES, m, from + at)
                    .mul(mask.scale)
                    .blend(
                            0,
                            x.and(0xFFFF)
                                    .compare(VectorOperators.LT, mask.threshold)
                                    .cast(SPECIES))
                    .add(FloatVector.fromArray(SPECIES, m, to + at))
                    .intoArray(m, to + at);
            FloatVector.fromArray(SPECIES, m, from + at + HALF)
                    .mul(mask.scale)
                    .blend(
                            0,
                            x.lanewise(VectorOperators.LSHR, 16)
                                    .compare(VectorOperators.LT, mask.threshold)
                                    .cast(SPECIES))
                    .add(FloatVector.fromArray(SPECIES, m, to + at + HALF))
                    .intoArray(m, to + at + HALF);
        }
    }
}
