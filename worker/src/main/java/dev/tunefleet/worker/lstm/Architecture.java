package dev.tunefleet.worker.lstm;

import java.util.Objects;

/**
 * The shape of a stacked LSTM with a dense head, and where each block lies in its flat parameter vector.
 *
 * <p>The vector has DL4J's order: per layer W[inputs, 4·units], RW[units, 4·units] and b[4·units], then the head's W[units,
 * outputs] and b[outputs]; matrices lie column by column, so a column's weights are contiguous.
 *
 * @param inputs features per step
 * @param units hidden units of every layer
 * @param layers stacked layers
 * @param outputs values per answer
 */
public record Architecture(int inputs, int units, int layers, int outputs, Emission emission, Loss loss) {
    public Architecture {
        atLeastOne("inputs", inputs);
        atLeastOne("units", units);
        atLeastOne("layers", layers);
        atLeastOne("outputs", outputs);
        Objects.requireNonNull(emission, "emission");
        Objects.requireNonNull(loss, "loss");
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "The " + name + " (" + value + ") of an architecture must be at least 1.");
        }
    }

    /** Length of the flat parameter vector. */
    public int parameters() {
        return headBiases() + outputs;
    }

    /** Features that enter a layer, counted from 0. */
    public int width(int layer) {
        return layer == 0 ? inputs : units;
    }

    /** Rows of gates of a layer: 4·units. */
    public int gates() {
        return 4 * units;
    }

    /** First index of W of a layer; W(i, n) lies at n·width + i. */
    public int inputWeights(int layer) {
        int first = gates() * (inputs + units + 1);
        return layer == 0 ? 0 : first + (layer - 1) * gates() * (2 * units + 1);
    }

    /** First index of RW of a layer; RW(j, n) lies at n·units + j. */
    public int recurrentWeights(int layer) {
        return inputWeights(layer) + gates() * width(layer);
    }

    /** First index of the gate biases of a layer. */
    public int biases(int layer) {
        return recurrentWeights(layer) + gates() * units;
    }

    /** First index of the head's weights; the weight from unit j to output o lies at o·units + j. */
    public int headWeights() {
        return inputWeights(layers);
    }

    /** First index of the head's biases. */
    public int headBiases() {
        return headWeights() + units * outputs;
    }

    /** Answers per sequence of that many steps. */
    public int answers(int sequence) {
        return switch (emission) {
            case LAST_STEP -> 1;
            case EVERY_STEP -> sequence;
        };
    }
}
