package dev.tunefleet.worker.lstm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

import static dev.tunefleet.worker.lstm.Simd.SPECIES;
import static dev.tunefleet.worker.lstm.Simd.WIDTH;

/**
 * The elementwise loops of an LSTM step, short and apart: with all of it in one loop C2 boxes every vector. The same expressions
 * as in {@link ScalarKernels}, which explains them.
 */
final class Activations {
    private Activations() {}

    /** 1 + e^-x, see {@link Sigmoid}. */
    private static FloatVector denominator(FloatVector x) {
        FloatVector low = x.blend(Sigmoid.LIMIT, x.compare(VectorOperators.GT, Sigmoid.LIMIT));
        FloatVector clamped = low.blend(-Sigmoid.LIMIT, low.compare(VectorOperators.LT, -Sigmoid.LIMIT));
        FloatVector scale = FloatVector.broadcast(SPECIES, -Sigmoid.LOG2_E);
        FloatVector shifted = clamped.fma(scale, FloatVector.broadcast(SPECIES, Sigmoid.ROUNDING));
        FloatVector whole = shifted.sub(Sigmoid.ROUNDING);
        FloatVector fraction = clamped.fma(scale, whole.neg());
        FloatVector p =
                FloatVector.broadcast(SPECIES, Sigmoid.P5).fma(fraction, FloatVector.broadcast(SPECIES, Sigmoid.P4));
        p = p.fma(fraction, FloatVector.broadcast(SPECIES, Sigmoid.P3));
        p = p.fma(fraction, FloatVector.broadcast(SPECIES, Sigmoid.P2));
        p = p.fma(fraction, FloatVector.broadcast(SPECIES, Sigmoid.P1));
        p = p.fma(fraction, FloatVector.broadcast(SPECIES, 1));
        return p.reinterpretAsInts()
                .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats()
                .add(1);
    }

    /** Gate sums to gates, in place: [4][count]. */
    static void gates(float[] m, int gates, int count) {
        for (int i = 0; i < count; i += WIDTH) {
            int at = gates + i;
            FloatVector z = FloatVector.fromArray(SPECIES, m, at);
            FloatVector candidate = denominator(z.add(z));
            FloatVector forget = denominator(FloatVector.fromArray(SPECIES, m, at + count));
            FloatVector output = denominator(FloatVector.fromArray(SPECIES, m, at + 2 * count));
            FloatVector input = denominator(FloatVector.fromArray(SPECIES, m, at + 3 * count));
            FloatVector left = candidate.mul(forget);
            FloatVector right = output.mul(input);
            FloatVector inverse = FloatVector.broadcast(SPECIES, 1).div(left.mul(right));
            FloatVector overLeft = inverse.mul(right);
            FloatVector overRight = inverse.mul(left);
            twiceLessOne(overLeft.mul(forget)).intoArray(m, at);
            overLeft.mul(candidate).intoArray(m, at + count);
            overRight.mul(input).intoArray(m, at + 2 * count);
            overRight.mul(output).intoArray(m, at + 3 * count);
        }
    }

    private static FloatVector twiceLessOne(FloatVector x) {
        return x.fma(FloatVector.broadcast(SPECIES, 2), FloatVector.broadcast(SPECIES, -1));
    }

    /** Gates and the cells of the step before to cells, which follow them, and hidden state. */
    static void cells(float[] m, int gates, int cells, int hidden, int count) {
        for (int i = 0; i < count; i += WIDTH) {
            int at = gates + i;
            FloatVector added =
                    FloatVector.fromArray(SPECIES, m, at + 3 * count).mul(FloatVector.fromArray(SPECIES, m, at));
            FloatVector cell = FloatVector.fromArray(SPECIES, m, at + count)
                    .fma(FloatVector.fromArray(SPECIES, m, cells + i), added);
            cell.intoArray(m, cells + count + i);
            FloatVector squashed =
                    twiceLessOne(FloatVector.broadcast(SPECIES, 1).div(denominator(cell.add(cell))));
            FloatVector.fromArray(SPECIES, m, at + 2 * count).mul(squashed).intoArray(m, hidden + i);
        }
    }

    /** Gates to gradients of their sums; the carry is [hidden state, cells][count]. */
    static void gradients(float[] m, int gates, int cells, int hidden, int carry, int count) {
        for (int i = 0; i < count; i += WIDTH) {
            int at = gates + i;
            FloatVector output = FloatVector.fromArray(SPECIES, m, at + 2 * count);
            FloatVector h = FloatVector.fromArray(SPECIES, m, hidden + i);
            FloatVector dh = FloatVector.fromArray(SPECIES, m, carry + i);
            FloatVector minus = h.neg();
            FloatVector dc =
                    dh.fma(minus.fma(h.div(output), output), FloatVector.fromArray(SPECIES, m, carry + count + i));
            dh.mul(minus.fma(output, h)).intoArray(m, at + 2 * count);
            FloatVector forget = FloatVector.fromArray(SPECIES, m, at + count);
            dc.mul(forget).intoArray(m, carry + count + i);
            dc.mul(FloatVector.fromArray(SPECIES, m, cells + i))
                    .mul(forget.neg().fma(forget, forget))
                    .intoArray(m, at + count);
            FloatVector candidate = FloatVector.fromArray(SPECIES, m, at);
            FloatVector input = FloatVector.fromArray(SPECIES, m, at + 3 * count);
            FloatVector dcInput = dc.mul(input);
            candidate.neg().mul(candidate).fma(dcInput, dcInput).intoArray(m, at);
            dcInput.mul(candidate)
                    .mul(FloatVector.broadcast(SPECIES, 1).sub(input))
                    .intoArray(m, at + 3 * count);
        }
    }
}
