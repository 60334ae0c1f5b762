package dev.tunefleet.worker.lstm;

import java.util.Arrays;

import static dev.tunefleet.worker.lstm.Layout.CHUNK;
import static dev.tunefleet.worker.lstm.Layout.LANES;

/** The dense layer on top, over the answers of a span: one at the last step, or one at each. */
final class Head {
    private final Layout layout;
    private final Kernels kernels;
    private final float[] m;
    private final int units;
    private final int outputs;
    private final Product forward;
    private final Product backward;
    private final Outer[] outers = new Outer[CHUNK + 1];
    private final WeightSums sums;
    private final Panels.Part weights;
    private final Panels.Part biases;
    private final Panels.Part back;

    Head(Layout layout, Kernels kernels, float[] arena) {
        this.layout = layout;
        this.kernels = kernels;
        m = arena;
        units = layout.architecture.units();
        outputs = layout.architecture.outputs();
        forward = new Product(outputs, units + 1, false);
        backward = new Product(units, outputs, false);
        for (int steps = 1; steps <= CHUNK; steps++) {
            outers[steps] = new Outer(outputs, Layout.aligned(units + 1), steps, outputs * LANES);
        }
        sums = new WeightSums(m, layout.weightSums, outers[CHUNK], kernels.panel());
        weights = new Panels.Part(outputs, units + 1, 0, units);
        biases = new Panels.Part(outputs, units + 1, units, 1);
        back = new Panels.Part(units, outputs, 0, outputs);
        for (int answer = 0; answer < layout.answers; answer++) {
            int ones = layout.headOperand(answer) + units * LANES;
            Arrays.fill(m, ones, ones + LANES, 1);
        }
    }

    /** Packs the weights as they are now. */
    void pack(Panels panels) {
        int from = layout.parameters + layout.architecture.headWeights();
        panels.pack(weights, layout.headForwardPanels, from, units, 1);
        panels.pack(biases, layout.headForwardPanels, layout.parameters + layout.architecture.headBiases(), 1, 1);
        panels.pack(back, layout.headBackwardPanels, from, 1, units);
    }

    void forward(int firstAnswer) {
        for (int answer = firstAnswer; answer < layout.answers; answer++) {
            kernels.multiply(forward, layout.headForwardPanels, layout.headOperand(answer), layout.headOutput(answer));
        }
    }

    /** Outputs hold gradients of outputs; gradients of the hidden state replace the operands. */
    void backward(int firstAnswer) {
        sums.clear();
        for (int answer = firstAnswer; answer < layout.answers; answer += CHUNK) {
            int steps = Math.min(CHUNK, layout.answers - answer);
            for (int step = 0; step < steps; step++) {
                kernels.transpose(layout.headOperand(answer + step), units + 1, layout.transposed, step, steps);
            }
            kernels.outer(outers[steps], layout.headOutput(answer), layout.transposed, layout.weightSums);
            for (int step = answer; step < answer + steps; step++) {
                kernels.multiply(
                        backward, layout.headBackwardPanels, layout.headOutput(step), layout.headOperand(step));
            }
        }
        for (int output = 0; output < outputs; output++) {
            sums.addRow(output, 0, units, layout.gradients + layout.architecture.headWeights() + output * units);
            sums.addRow(output, units, 1, layout.gradients + layout.architecture.headBiases() + output);
        }
    }
}
