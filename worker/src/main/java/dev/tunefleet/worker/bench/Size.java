package dev.tunefleet.worker.bench;

import java.util.List;

import dev.tunefleet.worker.lstm.Architecture;
import dev.tunefleet.worker.lstm.Emission;
import dev.tunefleet.worker.lstm.Loss;

/** A size to measure, written layers,units,sequence,batch; 7 inputs per step and 24 outputs after the last. */
record Size(int layers, int units, int sequence, int batch) {
    static final int INPUTS = 7;
    static final int OUTPUTS = 24;

    /** Those of the guide's space: from the smallest network to the largest that trains in minutes. */
    static final List<Size> USUAL = List.of(
            new Size(1, 50, 10, 32),
            new Size(1, 100, 50, 32),
            new Size(2, 100, 50, 32),
            new Size(2, 100, 100, 128),
            new Size(3, 200, 100, 32),
            new Size(2, 200, 100, 256));

    Size {
        if (layers < 1 || units < 1 || sequence < 1 || batch < 1) {
            throw new IllegalArgumentException("The parts of size (" + layers + "," + units + "," + sequence + ","
                    + batch + ") must each be at least 1.");
        }
    }

    static Size parse(String text) {
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 4) {
                return new Size(number(parts[0]), number(parts[1]), number(parts[2]), number(parts[3]));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(rule(text), e);
        }
        throw new IllegalArgumentException(rule(text));
    }

    private static int number(String part) {
        return Integer.parseInt(part.strip());
    }

    private static String rule(String text) {
        return "The size (" + text + ") of a benchmark must be layers,units,sequence,batch, such as 2,100,50,32.";
    }

    Architecture architecture() {
        return new Architecture(INPUTS, units, layers, OUTPUTS, Emission.LAST_STEP, Loss.MEAN_SQUARED_ERROR);
    }

    /** Floating-point operations of a step by the usual count: 3 · 8·(inputs + units)·units·sequence·batch per layer. */
    double operations() {
        double sum = 0;
        for (int layer = 0; layer < layers; layer++) {
            sum += 3 * 8.0 * ((layer == 0 ? INPUTS : units) + units) * units * sequence * batch;
        }
        return sum;
    }

    @Override
    public String toString() {
        return layers + "," + units + "," + sequence + "," + batch;
    }
}
