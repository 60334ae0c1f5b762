package dev.tunefleet.worker.lstm;

import dev.tunefleet.common.memory.Arena;

/**
 * Where everything lies in the arena of one training: one array of floats, taken before the first step. Offsets are in floats.
 *
 * <p>The batch runs in blocks of {@link #LANES} samples, so no size depends on it. An operand block of a layer and step holds the
 * rows [x; 1; h of the step before], each of {@link #LANES} floats, so that inputs, biases and recurrent state are one product.
 * Steps are held a {@link Span} at a time, each in its slot.
 */
final class Layout {
    /** Samples that run together; each row of every activation has as many floats. */
    static final int LANES = Arena.LANES;
    /** Steps whose weight gradients are summed at once. */
    static final int CHUNK = Arena.CHUNK;

    private static final int ALIGNMENT = Arena.ALIGNMENT;

    final Architecture architecture;
    final Unrolling unrolling;
    /** Steps that are held at once: the span of gradients. */
    final int steps;
    /** Answers that are held at once. */
    final int answers;

    final int parameters;
    final int gradients;
    final int firstMoments;
    final int secondMoments;
    /** [layer] operand blocks, steps + 1 of them. */
    final int[] operands;
    /** [layer][step][4·units][lane] */
    final int[] gates;
    /** [layer][steps + 1][units][lane] */
    final int[] cells;
    /** [layer] weights in the order in which the forward product reads them. */
    final int[] forwardPanels;
    /** [layer] recurrent weights in the order in which the backward product reads them. */
    final int[] recurrentPanels;
    /** [layer] input weights in the order in which the backward product reads them; nothing for the first layer. */
    final int[] inputPanels;
    /** [answer][units + 1][lane], the last row ones. */
    final int headOperands;
    /** [answer][output][lane] */
    final int headOutputs;

    final int headForwardPanels;
    final int headBackwardPanels;
    /** [2][units][lane]: gradients of hidden state and cells on their way back. */
    final int carry;
    /** Operand blocks of a chunk, transposed. */
    final int transposed;
    /** Weight gradients of one layer as they are summed. */
    final int weightSums;
    /** [step][lane] 1 where a step is valid, 0 before a shorter sequence begins. */
    final int validity;
    /** A row of zeros. */
    final int zeros;

    private long size;

    Layout(Architecture architecture, Unrolling unrolling) {
        this.architecture = architecture;
        this.unrolling = unrolling;
        steps = unrolling.span();
        int units = architecture.units();
        int layers = architecture.layers();
        int outputs = architecture.outputs();
        answers = architecture.answers(steps);
        parameters = take(architecture.parameters());
        gradients = take(architecture.parameters());
        firstMoments = take(architecture.parameters());
        secondMoments = take(architecture.parameters());
        operands = new int[layers];
        gates = new int[layers];
        cells = new int[layers];
        forwardPanels = new int[layers];
        recurrentPanels = new int[layers];
        inputPanels = new int[layers];
        for (int layer = 0; layer < layers; layer++) {
            operands[layer] = take((steps + 1L) * operandRows(layer) * LANES);
            gates[layer] = take((long) steps * architecture.gates() * LANES);
            cells[layer] = take((steps + 1L) * units * LANES);
            forwardPanels[layer] = take(panels(architecture.gates(), operandRows(layer)));
            recurrentPanels[layer] = take(panels(units, architecture.gates()));
            inputPanels[layer] = layer == 0 ? 0 : take(panels(units, architecture.gates()));
        }
        headOperands = take((long) answers * (units + 1) * LANES);
        headOutputs = take((long) answers * outputs * LANES);
        headForwardPanels = take(panels(outputs, units + 1));
        headBackwardPanels = take(panels(units, outputs));
        carry = take(2L * units * LANES);
        int widest = Math.max(operandRows(0), operandRows(layers - 1));
        transposed = take((long) CHUNK * LANES * aligned(widest));
        weightSums = take(Math.max((long) architecture.gates() * aligned(widest), (long) outputs * aligned(units + 1)));
        validity = take((long) steps * LANES);
        zeros = take(LANES);
        // A tile at the end of a matrix reads whole, though it writes only the rows that there are.
        take(8L * Math.max(LANES, aligned(widest)));
    }

    /** Bytes of the arena. */
    long bytes() {
        return size * Float.BYTES;
    }

    /** The arena itself. */
    float[] allocate() {
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("The arena (" + bytes() + " bytes) of " + architecture + " over " + steps
                    + " steps must not exceed 8 GiB. Use a shorter sequence or fewer units.");
        }
        return new float[(int) size];
    }

    /** Rows of an operand block of a layer: inputs, a row of ones, hidden state. */
    int operandRows(int layer) {
        return architecture.width(layer) + 1 + architecture.units();
    }

    int operand(int layer, int slot) {
        return operands[layer] + slot * operandRows(layer) * LANES;
    }

    /** The hidden state that a slot's step starts from; that of the slot after is its result. */
    int hidden(int layer, int slot) {
        return operand(layer, slot) + (architecture.width(layer) + 1) * LANES;
    }

    int gate(int layer, int slot) {
        return gates[layer] + slot * architecture.gates() * LANES;
    }

    /** The cells that a slot's step starts from. */
    int cell(int layer, int slot) {
        return cells[layer] + slot * architecture.units() * LANES;
    }

    int headOperand(int answer) {
        return headOperands + answer * (architecture.units() + 1) * LANES;
    }

    int headOutput(int answer) {
        return headOutputs + answer * architecture.outputs() * LANES;
    }

    /** Rounds a row length up to whole vectors of the widest kind. */
    static int aligned(int length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Floats of a packed matrix, enough for tiles of any height up to eight. */
    private static long panels(int rows, int depth) {
        return (rows + 7L) * depth;
    }

    private int take(long floats) {
        long offset = size;
        size += (floats + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return (int) offset;
    }
}
