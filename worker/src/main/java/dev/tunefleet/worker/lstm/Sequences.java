package dev.tunefleet.worker.lstm;

/**
 * Separate sequences of unequal length, padded at the end; what lies in the padding is never read.
 *
 * @param values [sample][step][feature]
 * @param features per step
 * @param sequence steps per sample, padding included
 * @param lengths [sample] valid steps, 1 to sequence
 */
public record Sequences(float[] values, int features, int sequence, int[] lengths) implements Samples {
    public Sequences {
        Lengths.check(lengths, sequence, values.length / ((long) sequence * features));
    }

    @Override
    public int count() {
        return lengths.length;
    }

    @Override
    public int length(int sample) {
        return lengths[sample];
    }
}
