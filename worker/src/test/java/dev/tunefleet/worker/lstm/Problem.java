package dev.tunefleet.worker.lstm;

import java.util.Random;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A random regression problem on sequences, with its arrays as ours and as DL4J's. */
final class Problem {
    final Architecture architecture;
    final int steps;
    final int samples;
    final float[] parameters;
    final float[] values;
    final float[] targets;
    final int[] lengths;

    Problem(Architecture architecture, int steps, int samples, boolean unequal, long seed) {
        this.architecture = architecture;
        this.steps = steps;
        this.samples = samples;
        Random random = new Random(seed);
        parameters = gaussian(random, architecture.parameters(), 1 / Math.sqrt(architecture.units() + 3.0));
        values = gaussian(random, samples * steps * architecture.inputs(), 1);
        targets = targets(random);
        lengths = new int[samples];
        for (int sample = 0; sample < samples; sample++) {
            lengths[sample] = unequal ? 1 + random.nextInt(steps) : steps;
        }
    }

    private float[] targets(Random random) {
        int outputs = architecture.outputs();
        float[] drawn = gaussian(random, samples * architecture.answers(steps) * outputs, 1);
        if (architecture.loss() != Loss.MEAN_SQUARED_ERROR) {
            for (int row = 0; row < drawn.length; row += outputs) {
                int chosen = random.nextInt(outputs);
                for (int output = 0; output < outputs; output++) {
                    drawn[row + output] = output == chosen ? 1 : 0;
                }
            }
        }
        return drawn;
    }

    private static float[] gaussian(Random random, int count, double scale) {
        float[] drawn = new float[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = (float) (random.nextGaussian() * scale);
        }
        return drawn;
    }

    Batch batch() {
        int[] order = new int[samples];
        for (int sample = 0; sample < samples; sample++) {
            order[sample] = sample;
        }
        Sequences sequences = new Sequences(values, architecture.inputs(), steps, lengths);
        return new Batch(new Dataset(sequences, new Values(targets)), order, 0, samples);
    }

    /** [sample][feature][step], as DL4J takes them. */
    INDArray stockInputs() {
        return Nd4j.create(values, new long[] {samples, steps, architecture.inputs()}, 'c')
                .permute(0, 2, 1)
                .dup('c');
    }

    /** [sample][output] or [sample][output][step]. */
    INDArray stockLabels() {
        int outputs = architecture.outputs();
        return switch (architecture.emission()) {
            case LAST_STEP -> Nd4j.create(targets, new long[] {samples, outputs}, 'c');
            case EVERY_STEP ->
                Nd4j.create(targets, new long[] {samples, steps, outputs}, 'c')
                        .permute(0, 2, 1)
                        .dup('c');
        };
    }

    /** Stock outputs in our order: [sample][output] or [sample][step][output]. */
    float[] inOurOrder(INDArray outputs) {
        INDArray ordered = outputs.rank() == 3 ? outputs.permute(0, 2, 1) : outputs;
        return Nd4j.toFlattened('c', ordered).toFloatVector();
    }
}
