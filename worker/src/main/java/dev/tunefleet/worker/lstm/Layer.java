package dev.tunefleet.worker.lstm;

import java.util.Arrays;

import static dev.tunefleet.worker.lstm.Layout.CHUNK;
import static dev.tunefleet.worker.lstm.Layout.LANES;

/** One LSTM layer over a block: forward through the steps of a span, backward through them. Its input rows must be in place. */
final class Layer {
    private final int index;
    private final Layout layout;
    private final Kernels kernels;
    private final float[] m;
    private final int units;
    private final int gates;
    private final int width;
    private final int rows;
    private final Product gateSums;
    private final Product intoHidden;
    private final Outer[] outers;
    private final WeightSums sums;
    private final Panels.Part inputs;
    private final Panels.Part biases;
    private final Panels.Part recurrent;
    private final Panels.Part back;

    Layer(int index, Layout layout, Kernels kernels, float[] arena) {
        this.index = index;
        this.layout = layout;
        this.kernels = kernels;
        m = arena;
        units = layout.architecture.units();
        gates = layout.architecture.gates();
        width = layout.architecture.width(index);
        rows = layout.operandRows(index);
        gateSums = new Product(gates, rows, false);
        intoHidden = new Product(units, gates, false);
        outers = new Outer[CHUNK + 1];
        for (int steps = 1; steps <= CHUNK; steps++) {
            outers[steps] = new Outer(gates, Layout.aligned(rows), steps, gates * LANES);
        }
        sums = new WeightSums(m, layout.weightSums, outers[CHUNK], kernels.panel());
        inputs = new Panels.Part(gates, rows, 0, width);
        biases = new Panels.Part(gates, rows, width, 1);
        recurrent = new Panels.Part(gates, rows, width + 1, units);
        back = new Panels.Part(units, gates, 0, gates);
        for (int slot = 0; slot <= layout.steps; slot++) {
            int ones = layout.operand(index, slot) + width * LANES;
            Arrays.fill(m, ones, ones + LANES, 1);
        }
    }

    /** Packs the weights as they are now. */
    void pack(Panels panels) {
        int forward = layout.forwardPanels[index];
        int w = layout.parameters + layout.architecture.inputWeights(index);
        int rw = layout.parameters + layout.architecture.recurrentWeights(index);
        panels.pack(inputs, forward, w, width, 1);
        panels.pack(biases, forward, layout.parameters + layout.architecture.biases(index), 1, 1);
        panels.pack(recurrent, forward, rw, units, 1);
        panels.pack(back, layout.recurrentPanels[index], rw, 1, units);
        if (index > 0) {
            panels.pack(back, layout.inputPanels[index], w, 1, units);
        }
    }

    /** Runs the steps of a span; samples enter where they are valid. */
    void forward(Span span, boolean unequal) {
        int count = units * LANES;
        begin(span, layout.hidden(index, span.first), layout.hidden(index, layout.steps));
        begin(span, layout.cell(index, span.first), layout.cell(index, layout.steps));
        for (int slot = span.first; slot < layout.steps; slot++) {
            int z = layout.gate(index, slot);
            kernels.multiply(gateSums, layout.forwardPanels[index], layout.operand(index, slot), z);
            kernels.forward(z, layout.cell(index, slot), layout.hidden(index, slot + 1), count);
            if (unequal) {
                int valid = layout.validity + slot * LANES;
                kernels.scale(layout.hidden(index, slot + 1), units, valid);
                kernels.scale(layout.cell(index, slot + 1), units, valid);
            }
        }
    }

    /** From zero, or from where the span before has ended. */
    private void begin(Span span, int at, int before) {
        int count = units * LANES;
        if (span.begins) {
            Arrays.fill(m, at, at + count, 0);
        } else {
            System.arraycopy(m, before, m, at, count);
        }
    }

    /**
     * Runs back to the first slot of a span, as if nothing came after it. Where the layer above hands down gradients of this
     * layer's outputs, they are taken through that layer's mask; gradients of the inputs replace the inputs, but for the first
     * layer.
     */
    void backward(int first, boolean unequal, Above above) {
        int count = units * LANES;
        Arrays.fill(m, layout.carry, layout.carry + 2 * count, 0);
        sums.clear();
        int end = layout.steps;
        for (int slot = layout.steps - 1; slot >= first; slot--) {
            above.addGradients(slot, layout.carry);
            if (unequal) {
                kernels.scale(layout.carry, 2 * units, layout.validity + slot * LANES);
            }
            int z = layout.gate(index, slot);
            kernels.backward(z, layout.cell(index, slot), layout.hidden(index, slot + 1), layout.carry, count);
            if (slot > first) {
                kernels.multiply(intoHidden, layout.recurrentPanels[index], z, layout.carry);
            }
            if (slot == first || end - slot == CHUNK) {
                sumWeights(slot, end - slot);
                end = slot;
            }
        }
        addWeights();
    }

    private void sumWeights(int first, int steps) {
        for (int step = 0; step < steps; step++) {
            kernels.transpose(layout.operand(index, first + step), rows, layout.transposed, step, steps);
        }
        kernels.outer(outers[steps], layout.gate(index, first), layout.transposed, layout.weightSums);
        for (int slot = first; index > 0 && slot < first + steps; slot++) {
            kernels.multiply(
                    intoHidden, layout.inputPanels[index], layout.gate(index, slot), layout.operand(index, slot));
        }
    }

    private void addWeights() {
        int w = layout.gradients + layout.architecture.inputWeights(index);
        int b = layout.gradients + layout.architecture.biases(index);
        int rw = layout.gradients + layout.architecture.recurrentWeights(index);
        for (int n = 0; n < gates; n++) {
            sums.addRow(n, 0, width, w + n * width);
            sums.addRow(n, width, 1, b + n);
            sums.addRow(n, width + 1, units, rw + n * units);
        }
    }

    /** What lies above a layer: the next one, or the head. */
    interface Above {
        /** Adds the gradients of this layer's outputs at a slot's step to [unit][lane] at the carry. */
        void addGradients(int slot, int carry);
    }
}
