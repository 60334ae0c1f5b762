package dev.tunefleet.worker.lstm;

import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Gradients of the double twin by central differences, and those of the float kernels against the twin. */
class GradientTest {
    private static final double STEP = 1e-6;
    private static final double TOLERANCE = 1e-5;
    private static final int CHECKS = 64;

    @ParameterizedTest(name = "{0} layers, sequence {1}, batch {2}, unequal {3}, dropout {4}, {5}, {6}, span {7}")
    @CsvSource({
        "1, 7, 5, false, 0.0, LAST_STEP, MEAN_SQUARED_ERROR, 7",
        "2, 7, 5, false, 0.3, LAST_STEP, MEAN_SQUARED_ERROR, 7",
        "3, 5, 5, true, 0.0, LAST_STEP, SOFTMAX_CROSS_ENTROPY, 5",
        "3, 5, 5, true, 0.3, EVERY_STEP, MEAN_SQUARED_ERROR, 5",
        "2, 6, 37, true, 0.2, EVERY_STEP, SIGMOID_CROSS_ENTROPY, 6",
        "1, 1, 5, false, 0.3, LAST_STEP, SIGMOID_CROSS_ENTROPY, 1",
        "2, 1, 1, false, 0.0, EVERY_STEP, SOFTMAX_CROSS_ENTROPY, 1",
        "3, 9, 1, false, 0.3, LAST_STEP, MEAN_SQUARED_ERROR, 9",
        "2, 10, 70, false, 0.0, LAST_STEP, MEAN_SQUARED_ERROR, 10",
        "2, 10, 70, false, 0.3, LAST_STEP, MEAN_SQUARED_ERROR, 4",
        "1, 9, 5, false, 0.0, LAST_STEP, SIGMOID_CROSS_ENTROPY, 1",
        "3, 9, 5, true, 0.3, LAST_STEP, SOFTMAX_CROSS_ENTROPY, 3",
        "3, 11, 37, true, 0.2, EVERY_STEP, MEAN_SQUARED_ERROR, 4",
        "2, 12, 6, false, 0.0, EVERY_STEP, SOFTMAX_CROSS_ENTROPY, 6",
        "2, 9, 34, true, 0.0, EVERY_STEP, SIGMOID_CROSS_ENTROPY, 1"
    })
    void gradientsAreThoseOfTheLoss(
            int layers,
            int sequence,
            int batch,
            boolean unequal,
            double dropout,
            Emission emission,
            Loss loss,
            int span) {
        Problem problem =
                new Problem(new Architecture(3, 6, layers, 2, emission, loss), sequence, batch, unequal, 21 + layers);
        Hyperparameters hyperparameters = new Hyperparameters(dropout, 0, 0, 5);
        double[] parameters = doubles(problem.parameters);
        double[] expected = new double[parameters.length];

        DoubleTwin twin = new DoubleTwin(problem, span, hyperparameters);
        double expectedLoss = twin.differentiate(parameters, expected);

        checkByDifferences(problem.architecture, twin, parameters, expected);
        for (boolean scalar : new boolean[] {true, false}) {
            float[] gradients = new float[expected.length];
            double actualLoss = differentiate(problem, span, hyperparameters, scalar, gradients);
            assertThat(actualLoss).isCloseTo(expectedLoss, within(1e-5));
            assertClose(problem.architecture, gradients, expected);
        }
    }

    private static double differentiate(
            Problem problem, int span, Hyperparameters hyperparameters, boolean scalar, float[] gradients) {
        Layout layout = new Layout(problem.architecture, new Unrolling(problem.steps, span));
        float[] arena = layout.allocate();
        Kernels kernels = scalar ? new ScalarKernels(arena) : Dispatch.kernels(arena, layout);
        Step step = new Step(layout, arena, kernels, hyperparameters);
        System.arraycopy(problem.parameters, 0, arena, layout.parameters, problem.parameters.length);
        double loss = step.differentiate(problem.batch(), DoubleTwin.EPOCH, DoubleTwin.NUMBER);
        System.arraycopy(arena, layout.gradients, gradients, 0, gradients.length);
        return loss;
    }

    private static void checkByDifferences(
            Architecture architecture, DoubleTwin twin, double[] parameters, double[] expected) {
        twin.freeze(parameters);
        Random random = new Random(1);
        int[] blocks = blocks(architecture);
        for (int block = 0; block + 1 < blocks.length; block++) {
            double scale = largest(expected, blocks[block], blocks[block + 1]);
            int size = blocks[block + 1] - blocks[block];
            for (int check = 0; check < Math.min(CHECKS, size); check++) {
                int index = blocks[block] + (size <= CHECKS ? check : random.nextInt(size));
                double kept = parameters[index];
                parameters[index] = kept + STEP;
                double above = twin.differentiate(parameters, new double[parameters.length]);
                parameters[index] = kept - STEP;
                double below = twin.differentiate(parameters, new double[parameters.length]);
                parameters[index] = kept;
                assertThat((above - below) / (2 * STEP))
                        .as("parameter %d", index)
                        .isCloseTo(expected[index], within(TOLERANCE * scale + 1e-9));
            }
        }
    }

    private static void assertClose(Architecture architecture, float[] gradients, double[] expected) {
        int[] blocks = blocks(architecture);
        for (int block = 0; block + 1 < blocks.length; block++) {
            double scale = largest(expected, blocks[block], blocks[block + 1]);
            for (int index = blocks[block]; index < blocks[block + 1]; index++) {
                assertThat((double) gradients[index]).isCloseTo(expected[index], within(2e-5 * scale + 1e-8));
            }
        }
    }

    /** First indices of W, RW and b of each layer and of the head, and the end. */
    private static int[] blocks(Architecture architecture) {
        int[] blocks = new int[3 * architecture.layers() + 3];
        for (int layer = 0; layer < architecture.layers(); layer++) {
            blocks[3 * layer] = architecture.inputWeights(layer);
            blocks[3 * layer + 1] = architecture.recurrentWeights(layer);
            blocks[3 * layer + 2] = architecture.biases(layer);
        }
        blocks[blocks.length - 3] = architecture.headWeights();
        blocks[blocks.length - 2] = architecture.headBiases();
        blocks[blocks.length - 1] = architecture.parameters();
        return blocks;
    }

    private static double largest(double[] values, int from, int to) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
