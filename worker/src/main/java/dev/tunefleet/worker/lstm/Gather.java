package dev.tunefleet.worker.lstm;

import java.util.Arrays;

import static dev.tunefleet.worker.lstm.Layout.LANES;

/**
 * Writes the inputs of a block into the first layer's operands, a span at a time. Samples are aligned at their ends, so that the
 * last valid step of each is the last step of all; earlier steps of a shorter sample are invalid, and its state is zero until it
 * begins.
 */
final class Gather {
    private final Layout layout;
    private final float[] m;
    private final int inputs;
    private final int sequence;

    /** First step at which some sample of the block is valid. */
    int firstStep;
    /** Whether some sample begins later than others. */
    boolean unequal;

    Gather(Layout layout, float[] arena) {
        this.layout = layout;
        m = arena;
        inputs = layout.architecture.inputs();
        sequence = layout.unrolling.sequence();
    }

    /** Looks at the lengths of samples block to block + count - 1 of a batch. */
    void measure(Batch batch, int block, int count) {
        Samples samples = batch.data().samples();
        int longest = 0;
        int shortest = sequence;
        for (int lane = 0; lane < count; lane++) {
            int length = samples.length(batch.sample(block + lane));
            longest = Math.max(longest, length);
            shortest = Math.min(shortest, length);
        }
        firstStep = sequence - longest;
        unequal = shortest < longest;
    }

    /** Takes what lies in a span of the block that was measured; lanes beyond it are zero. */
    void inputs(Batch batch, int block, int count, Span span) {
        Samples samples = batch.data().samples();
        if (unequal || count < LANES || samples instanceof Tokens) {
            clear(span.first);
        }
        for (int lane = 0; lane < count; lane++) {
            int sample = batch.sample(block + lane);
            int before = sequence - samples.length(sample) - span.offset;
            switch (samples) {
                case Windows windows -> window(windows, sample, before, lane);
                case Sequences sequences -> sequence(sequences, sample, before, lane);
                case Tokens tokens -> tokens(tokens, sample, before, lane);
            }
            if (unequal) {
                validity(span.first, before, lane);
            }
        }
        for (int lane = count; unequal && lane < LANES; lane++) {
            validity(span.first, span.first, lane);
        }
    }

    private void clear(int first) {
        for (int slot = first; slot < layout.steps; slot++) {
            int to = layout.operand(0, slot);
            Arrays.fill(m, to, to + inputs * LANES, 0);
        }
    }

    // In what follows, before is the slot of a sample's first step: negative when that lies in an earlier span.

    private void window(Windows windows, int sample, int before, int lane) {
        int from = (windows.origins()[sample] - windows.sequence()) * inputs;
        dense(windows.series(), from, before, lane);
        for (int feature = 0; feature < windows.centred(); feature++) {
            lower(feature, Math.max(before, 0), lane, windows.mean(windows.origins()[sample], feature));
        }
    }

    private void lower(int feature, int first, int lane, float mean) {
        int stride = layout.operandRows(0) * LANES;
        int at = layout.operand(0, 0) + feature * LANES + lane;
        for (int slot = first; slot < layout.steps; slot++) {
            m[at + slot * stride] -= mean;
        }
    }

    private void sequence(Sequences sequences, int sample, int before, int lane) {
        dense(sequences.values(), sample * sequences.sequence() * inputs, before, lane);
    }

    private void dense(float[] values, int from, int before, int lane) {
        int stride = layout.operandRows(0) * LANES;
        int to = layout.operand(0, 0) + lane;
        for (int slot = Math.max(before, 0); slot < layout.steps; slot++) {
            for (int feature = 0; feature < inputs; feature++) {
                m[to + slot * stride + feature * LANES] = values[from + (slot - before) * inputs + feature];
            }
        }
    }

    private void tokens(Tokens tokens, int sample, int before, int lane) {
        for (int slot = Math.max(before, 0); slot < layout.steps; slot++) {
            int token = tokens.tokens()[sample * tokens.sequence() + slot - before];
            m[layout.operand(0, slot) + token * LANES + lane] = 1;
        }
    }

    private void validity(int first, int before, int lane) {
        for (int slot = first; slot < layout.steps; slot++) {
            m[layout.validity + slot * LANES + lane] = slot >= before ? 1 : 0;
        }
    }
}
