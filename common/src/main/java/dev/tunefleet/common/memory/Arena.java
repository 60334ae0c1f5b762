package dev.tunefleet.common.memory;

/**
 * The size of the one array of floats in which a stacked LSTM with a dense head is trained. Every block of it begins at a
 * multiple of {@link #ALIGNMENT} floats. The batch runs in blocks of {@link #LANES} samples, so no size depends on it.
 *
 * @param inputs features per step
 * @param units hidden units of every layer
 * @param outputs values per answer
 * @param answers in the steps that are held at once: one, or one per step
 * @param steps that are held at once: as many as gradients go back through
 */
public record Arena(int inputs, int units, int layers, int outputs, int answers, int steps) {

    /** Samples that run together; each row of every activation has as many floats. */
    public static final int LANES = 32;

    /** Steps whose weight gradients are summed at once. */
    public static final int CHUNK = 4;

    /** Floats between the beginnings of blocks; whole vectors of the widest kind. */
    public static final int ALIGNMENT = 16;

    /** A matrix is packed for tiles of at most this height. */
    private static final int TILE = 8;

    public Arena {
        if (Math.min(Math.min(inputs, units), Math.min(layers, outputs)) < 1 || Math.min(answers, steps) < 1) {
            throw new IllegalArgumentException("The sizes (" + inputs + ", " + units + ", " + layers + ", " + outputs
                    + ", " + answers + ", " + steps + ") of an arena must be at least 1 each.");
        }
    }

    /** Weights and biases of all layers and of the head. */
    public long parameters() {
        long first = gates() * (inputs + units + 1L);
        long further = (layers - 1L) * gates() * (2L * units + 1);
        return first + further + outputs * (units + 1L);
    }

    public long bytes() {
        long widest = aligned(operandRows(layers == 1 ? inputs : Math.max(inputs, units)));
        long sums = Math.max(gates() * widest, outputs * aligned(units + 1L));
        return Float.BYTES
                * (4 * aligned(parameters())
                        + layer(inputs)
                        + (layers - 1) * (layer(units) + panels(units, gates()))
                        + head()
                        + aligned(2L * units * LANES)
                        + aligned(CHUNK * LANES * widest)
                        + aligned(sums)
                        + aligned((long) steps * LANES)
                        + LANES
                        + aligned(TILE * Math.max(LANES, widest)));
    }

    /** Operands, gates, cells and packed weights of a layer with inputs of {@code width}. */
    private long layer(int width) {
        return aligned((steps + 1L) * operandRows(width) * LANES)
                + aligned(steps * gates() * LANES)
                + aligned((steps + 1L) * units * LANES)
                + panels(gates(), operandRows(width))
                + panels(units, gates());
    }

    private long head() {
        return aligned(answers * (units + 1L) * LANES)
                + aligned((long) answers * outputs * LANES)
                + panels(outputs, units + 1L)
                + panels(units, outputs);
    }

    private long gates() {
        return 4L * units;
    }

    /** Inputs, a row of ones, hidden state. */
    private long operandRows(int width) {
        return width + 1L + units;
    }

    private static long panels(long rows, long depth) {
        return aligned((rows + TILE - 1) * depth);
    }

    private static long aligned(long floats) {
        return (floats + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
