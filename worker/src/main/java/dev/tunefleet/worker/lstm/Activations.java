package dev.tunefleet.worker.lstm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

import static dev.tunefleet.worker.lstm.Simd.SPECIES;
import static dev.tunefleet.worker.lstm.Simd.WIDTH;

/**
 * The elementwise loops of an LSTM step, short and apart: with more of it in one loop, or in methods on vectors, C2 allocates every
 * vector. The same expressions as in {@link ScalarKernels}, which explains them.
 */
final class Activations {
    private Activations() {}

    /** 1 + e^(-factor·x) of a range, see {@link Sigmoid}. */
    static void denominators(float[] m, int from, int to, int count, float factor) {
        FloatVector scale = FloatVector.broadcast(SPECIES, -Sigmoid.LOG2_E);
        for (int i = 0; i < count; i += WIDTH) {
            FloatVector x = FloatVector.fromArray(SPECIES, m, from + i).mul(factor);
            x = x.blend(Sigmoid.LIMIT, x.compare(VectorOperators.GT, Sigmoid.LIMIT));
            x = x.blend(-Sigmoid.LIMIT, x.compare(VectorOperators.LT, -Sigmoid.LIMIT));
            FloatVector shifted = x.fma(scale, FloatVector.broadcast(SPECIES, Sigmoid.ROUNDING));
            FloatVector fraction = x.fma(
                    scale, FloatVector.broadcast(SPECIES, Sigmoid.ROUNDING).sub(shifted));
            FloatVector p = fraction.fma(Sigmoid.P5, Sigmoid.P4);
            p = p.fma(fraction, FloatVector.broadcast(SPECIES, Sigmoid.P3));
            p = p.fma(fraction, FloatVector.broadcast(SPECIES, Sigmoid.P2));
            p = p.fma(fraction, FloatVector.broadcast(SPECIES, Sigmoid.P1));
            p = p.fma(fraction, FloatVector.broadcast(SPECIES, 1));
            p.reinterpretAsInts()
                    .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats()
                    .add(1)
                    .intoArray(m, to + i);
        }
    }

    /** Denominators to gates, in place: [4][stride], of which count. */
    static void gates(float[] m, int gates, int stride, int count) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        for (int i = gates; i < gates + count; i += WIDTH) {
            FloatVector candidate = FloatVector.fromArray(SPECIES, m, i);
            FloatVector forget = FloatVector.fromArray(SPECIES, m, i + stride);
            FloatVector output = FloatVector.fromArray(SPECIES, m, i + 2 * stride);
            FloatVector input = FloatVector.fromArray(SPECIES, m, i + 3 * stride);
            FloatVector left = candidate.mul(forget);
            FloatVector right = output.mul(input);
            FloatVector inverse = one.div(left.mul(right));
            FloatVector overLeft = inverse.mul(right);
            FloatVector overRight = inverse.mul(left);
            FloatVector sigmoid = overLeft.mul(forget);
            sigmoid.add(sigmoid).sub(one).intoArray(m, i);
            overLeft.mul(candidate).intoArray(m, i + stride);
            overRight.mul(input).intoArray(m, i + 2 * stride);
            overRight.mul(output).intoArray(m, i + 3 * stride);
        }
    }

    /** Gates and the cells of the step before to the cells of the step, which lie stride behind those. */
    static void cells(float[] m, int gates, int cells, int stride, int count) {
        for (int i = 0; i < count; i += WIDTH) {
            FloatVector added = FloatVector.fromArray(SPECIES, m, gates + 3 * stride + i)
                    .mul(FloatVector.fromArray(SPECIES, m, gates + i));
            FloatVector.fromArray(SPECIES, m, gates + stride + i)
                    .fma(FloatVector.fromArray(SPECIES, m, cells + i), added)
                    .intoArray(m, cells + stride + i);
        }
    }

    /** Output gates and denominators of the doubled cells, which lie at hidden, to hidden state. */
    static void hidden(float[] m, int outputs, int hidden, int count) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector two = FloatVector.broadcast(SPECIES, 2);
        for (int i = 0; i < count; i += WIDTH) {
            FloatVector squashed =
                    two.div(FloatVector.fromArray(SPECIES, m, hidden + i)).sub(one);
            FloatVector.fromArray(SPECIES, m, outputs + i).mul(squashed).intoArray(m, hidden + i);
        }
    }

    /** The part of the gradient that comes by the output gate: its own, and the cells' added to their carry. */
    static void outputGradients(float[] m, int outputs, int hidden, int carry, int stride, int count) {
        for (int i = 0; i < count; i += WIDTH) {
            FloatVector output = FloatVector.fromArray(SPECIES, m, outputs + i);
            FloatVector h = FloatVector.fromArray(SPECIES, m, hidden + i);
            FloatVector dh = FloatVector.fromArray(SPECIES, m, carry + i);
            FloatVector minus = h.neg();
            dh.fma(minus.fma(h.div(output), output), FloatVector.fromArray(SPECIES, m, carry + stride + i))
                    .intoArray(m, carry + stride + i);
            dh.mul(minus.fma(output, h)).intoArray(m, outputs + i);
        }
    }

    /** The other gates to gradients of their sums, and the carry of the cells to that of the step before. */
    static void cellGradients(float[] m, int gates, int cells, int carry, int stride, int count) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        for (int i = 0; i < count; i += WIDTH) {
            int at = gates + i;
            FloatVector dc = FloatVector.fromArray(SPECIES, m, carry + i);
            FloatVector forget = FloatVector.fromArray(SPECIES, m, at + stride);
            dc.mul(forget).intoArray(m, carry + i);
            dc.mul(FloatVector.fromArray(SPECIES, m, cells + i))
                    .mul(forget.neg().fma(forget, forget))
                    .intoArray(m, at + stride);
            FloatVector candidate = FloatVector.fromArray(SPECIES, m, at);
            FloatVector input = FloatVector.fromArray(SPECIES, m, at + 3 * stride);
            FloatVector dcInput = dc.mul(input);
            candidate.neg().mul(candidate).fma(dcInput, dcInput).intoArray(m, at);
            dcInput.mul(candidate).mul(one.sub(input)).intoArray(m, at + 3 * stride);
        }
    }
}
