package dev.tunefleet.worker.lstm;

import static dev.tunefleet.worker.lstm.Layout.LANES;

/** Activation, loss and gradient of the outputs of a span of a block, in place; answers of a sample are aligned at its end. */
final class Criterion {
    private final Layout layout;
    private final float[] m;
    private final int outputs;
    private final Loss loss;

    Criterion(Layout layout, float[] arena) {
        this.layout = layout;
        m = arena;
        outputs = layout.architecture.outputs();
        loss = layout.architecture.loss();
    }

    /** Answers of the whole batch that count. */
    long answers(Batch batch) {
        if (layout.architecture.emission() == Emission.LAST_STEP) {
            return batch.count();
        }
        long answers = 0;
        for (int index = 0; index < batch.count(); index++) {
            answers += batch.data().samples().length(batch.sample(index));
        }
        return answers;
    }

    /** Turns sums into outputs: identity, softmax or sigmoid. */
    void activate(int firstAnswer) {
        for (int answer = firstAnswer; answer < layout.answers; answer++) {
            int at = layout.headOutput(answer);
            switch (loss) {
                case MEAN_SQUARED_ERROR -> {}
                case SOFTMAX_CROSS_ENTROPY -> softmax(at);
                case SIGMOID_CROSS_ENTROPY -> sigmoid(at);
            }
        }
    }

    private void softmax(int at) {
        for (int lane = 0; lane < LANES; lane++) {
            float largest = m[at + lane];
            for (int output = 1; output < outputs; output++) {
                largest = Math.max(largest, m[at + output * LANES + lane]);
            }
            double sum = 0;
            for (int output = 0; output < outputs; output++) {
                sum += Math.exp(m[at + output * LANES + lane] - largest);
            }
            double shift = largest + Math.log(sum);
            for (int output = 0; output < outputs; output++) {
                int place = at + output * LANES + lane;
                m[place] = (float) Math.exp(m[place] - shift);
            }
        }
    }

    private void sigmoid(int at) {
        for (int place = at; place < at + outputs * LANES; place++) {
            m[place] = (float) (1 / (1 + Math.exp(-m[place])));
        }
    }

    /** Answers of a sample until the end of a span with that many steps after it. */
    int until(Batch batch, int sample, int later) {
        int answers = layout.architecture.answers(batch.data().samples().length(sample));
        return Math.max(0, answers - later);
    }

    /** Where the answers of a sample begin among all targets or outputs, counted in answers. */
    int firstRow(Batch batch, int sample) {
        return sample * layout.architecture.answers(batch.data().samples().sequence());
    }

    /** The loss summed over the answers of a block in a span with that many steps after it, of activated outputs. */
    double sum(Batch batch, int block, int count, int later) {
        double sum = 0;
        for (int lane = 0; lane < count; lane++) {
            int sample = batch.sample(block + lane);
            int end = until(batch, sample, later);
            int row = firstRow(batch, sample) + end;
            for (int back = Math.min(end, layout.answers); back > 0; back--) {
                int at = layout.headOutput(layout.answers - back) + lane;
                sum += answer(batch.data().targets(), row - back, at);
            }
        }
        return sum;
    }

    private double answer(Targets targets, int row, int at) {
        return switch (targets) {
            case Values values -> values(values.values(), row, at);
            case Labels labels -> labels(labels.labels()[row], at);
        };
    }

    private double values(float[] values, int row, int at) {
        double sum = 0;
        for (int output = 0; output < outputs; output++) {
            sum += of(m[at + output * LANES], values[row * outputs + output]);
        }
        return loss == Loss.SOFTMAX_CROSS_ENTROPY ? sum : sum / outputs;
    }

    private double labels(int label, int at) {
        double sum = 0;
        for (int output = 0; output < outputs; output++) {
            sum += of(m[at + output * LANES], output == label ? 1 : 0);
        }
        return loss == Loss.SOFTMAX_CROSS_ENTROPY ? sum : sum / outputs;
    }

    private double of(float output, float target) {
        return switch (loss) {
            case MEAN_SQUARED_ERROR -> (double) (output - target) * (output - target);
            case SOFTMAX_CROSS_ENTROPY -> target == 0 ? 0 : -target * Math.log(Math.max(output, Float.MIN_NORMAL));
            case SIGMOID_CROSS_ENTROPY ->
                -(target * Math.log(Math.max(output, Float.MIN_NORMAL))
                        + (1 - target) * Math.log(Math.max(1 - output, Float.MIN_NORMAL)));
        };
    }

    /** Replaces activated outputs by gradients of their sums, for the mean over that many answers; zero where none counts. */
    void differentiate(Batch batch, int block, int count, int later, long answers) {
        float factor = (float) ((loss == Loss.SOFTMAX_CROSS_ENTROPY ? 1.0 : 1.0 / outputs)
                * (loss == Loss.MEAN_SQUARED_ERROR ? 2 : 1)
                / answers);
        for (int lane = 0; lane < LANES; lane++) {
            int held = 0;
            if (lane < count) {
                int sample = batch.sample(block + lane);
                int end = until(batch, sample, later);
                int row = firstRow(batch, sample) + end;
                held = Math.min(end, layout.answers);
                for (int back = held; back > 0; back--) {
                    int at = layout.headOutput(layout.answers - back) + lane;
                    subtract(batch.data().targets(), row - back, at, factor);
                }
            }
            for (int answer = 0; answer < layout.answers - held; answer++) {
                clear(layout.headOutput(answer) + lane);
            }
        }
    }

    // The derivative by the sums is the difference for each of the three pairs of activation and loss.
    private void subtract(Targets targets, int row, int at, float factor) {
        for (int output = 0; output < outputs; output++) {
            float target =
                    switch (targets) {
                        case Values values -> values.values()[row * outputs + output];
                        case Labels labels -> output == labels.labels()[row] ? 1 : 0;
                    };
            m[at + output * LANES] = (m[at + output * LANES] - target) * factor;
        }
    }

    private void clear(int at) {
        for (int output = 0; output < outputs; output++) {
            m[at + output * LANES] = 0;
        }
    }
}
