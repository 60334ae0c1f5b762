package dev.tunefleet.worker.lstm;

import java.util.Arrays;

import static dev.tunefleet.worker.lstm.Layout.LANES;

/**
 * Writes the inputs of a block into the first layer's operands. Samples are aligned at their ends, so that the last valid step of
 * each is the last step of all; earlier steps of a shorter sample are invalid, and its state is zero until it begins.
 */
final class Gather {
    private final Layout layout;
    private final float[] m;
    private final int inputs;

    /** First step at which some sample of the block is valid. */
    int first;
    /** Whether some sample begins later than others. */
    boolean unequal;

    Gather(Layout layout, float[] arena) {
        this.layout = layout;
        m = arena;
        inputs = layout.architecture.inputs();
    }

    /** Takes samples block to block + count - 1 of a batch; lanes beyond are zero. */
    void inputs(Batch batch, int block, int count) {
        Samples samples = batch.data().samples();
        int longest = 0;
        int shortest = layout.sequence;
        for (int lane = 0; lane < count; lane++) {
            int length = samples.length(batch.sample(block + lane));
            longest = Math.max(longest, length);
            shortest = Math.min(shortest, length);
        }
        first = layout.sequence - longest;
        unequal = shortest < longest;
        if (unequal || count < LANES || samples instanceof Tokens) {
            clear();
        }
        for (int lane = 0; lane < count; lane++) {
            int sample = batch.sample(block + lane);
            switch (samples) {
                case Windows windows -> window(windows, sample, lane);
                case Sequences sequences -> sequence(sequences, sample, lane);
                case Tokens tokens -> tokens(tokens, sample, lane);
            }
        }
        if (unequal) {
            validity(batch, block, count);
        }
    }

    private void clear() {
        for (int step = first; step < layout.sequence; step++) {
            int to = layout.operand(0, step);
            Arrays.fill(m, to, to + inputs * LANES, 0);
        }
    }

    private void window(Windows windows, int sample, int lane) {
        int from = (windows.origins()[sample] - windows.sequence()) * inputs;
        dense(windows.series(), from, windows.sequence(), lane);
        for (int feature = 0; feature < windows.centred(); feature++) {
            lower(feature, lane, windows.mean(windows.origins()[sample], feature));
        }
    }

    private void lower(int feature, int lane, float mean) {
        int stride = layout.operandRows(0) * LANES;
        int at = layout.operand(0, 0) + feature * LANES + lane;
        for (int step = 0; step < layout.sequence; step++) {
            m[at + step * stride] -= mean;
        }
    }

    private void sequence(Sequences sequences, int sample, int lane) {
        dense(
                sequences.values(),
                sample * sequences.sequence() * inputs,
                sequences.lengths()[sample],
                lane);
    }

    private void dense(float[] values, int from, int length, int lane) {
        int stride = layout.operandRows(0) * LANES;
        int to = layout.operand(0, layout.sequence - length) + lane;
        for (int step = 0; step < length; step++) {
            for (int feature = 0; feature < inputs; feature++) {
                m[to + step * stride + feature * LANES] = values[from + step * inputs + feature];
            }
        }
    }

    private void tokens(Tokens tokens, int sample, int lane) {
        int length = tokens.lengths()[sample];
        int start = layout.sequence - length;
        for (int step = 0; step < length; step++) {
            int token = tokens.tokens()[sample * tokens.sequence() + step];
            m[layout.operand(0, start + step) + token * LANES + lane] = 1;
        }
    }

    private void validity(Batch batch, int block, int count) {
        for (int lane = 0; lane < LANES; lane++) {
            int length = lane < count ? batch.data().samples().length(batch.sample(block + lane)) : layout.sequence;
            for (int step = first; step < layout.sequence; step++) {
                m[layout.validity + step * LANES + lane] = step >= layout.sequence - length ? 1 : 0;
            }
        }
    }
}
