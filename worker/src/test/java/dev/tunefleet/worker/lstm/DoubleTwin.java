package dev.tunefleet.worker.lstm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The network once more, in double and one sample at a time, as the formulas have it: what gradients are checked on by central
 * differences, and what the float kernels are then compared with.
 */
final class DoubleTwin {
    static final int EPOCH = 3;
    static final int NUMBER = 4;

    private final Problem problem;
    private final Architecture architecture;
    private final Mask mask;
    private final int steps;
    private final int span;
    private final int units;
    /** [layer][step + 1][unit], activations of the sample at hand. */
    private final double[][][] hidden;

    private final double[][][] cells;
    /** [layer][step][4 · unit] */
    private final double[][][] gates;
    /** [sample] the state that each step of each layer began with when it was frozen; none before. */
    private final List<Frozen> frozen = new ArrayList<>();

    private record Frozen(double[][][] hidden, double[][][] cells) {}

    /** Of sequences cut into spans as {@link Unrolling} has it. */
    DoubleTwin(Problem problem, int span, Hyperparameters hyperparameters) {
        this.span = span;
        this.problem = problem;
        architecture = problem.architecture;
        mask = new Mask(hyperparameters.dropout(), hyperparameters.seed());
        steps = problem.steps;
        units = architecture.units();
        hidden = new double[architecture.layers()][steps + 1][units];
        cells = new double[architecture.layers()][steps + 1][units];
        gates = new double[architecture.layers()][steps][4 * units];
    }

    /**
     * From now on spans begin with the states that these parameters lead to, whatever the parameters are: the loss of which a
     * truncated gradient is the gradient.
     */
    void freeze(double[] p) {
        List<Frozen> states = new ArrayList<>();
        for (int sample = 0; sample < problem.samples; sample++) {
            mask.block(EPOCH, NUMBER, sample / Layout.LANES * Layout.LANES);
            forward(p, sample);
            states.add(new Frozen(copy(hidden), copy(cells)));
        }
        frozen.addAll(states);
    }

    /** The mean loss of all samples; their gradient is added to the second array. */
    double differentiate(double[] p, double[] gradient) {
        long answers = 0;
        for (int length : problem.lengths) {
            answers += architecture.answers(length);
        }
        double sum = 0;
        for (int sample = 0; sample < problem.samples; sample++) {
            mask.block(EPOCH, NUMBER, sample / Layout.LANES * Layout.LANES);
            forward(p, sample);
            double[][][] arriving = new double[architecture.layers()][steps][units];
            int length = architecture.answers(problem.lengths[sample]);
            for (int answer = 0; answer < length; answer++) {
                sum += answer(p, gradient, new Place(sample, answer, steps - length + answer), arriving, answers);
            }
            for (int layer = architecture.layers() - 1; layer >= 0; layer--) {
                backward(p, gradient, sample, layer, arriving);
            }
        }
        return sum / answers;
    }

    private record Place(int sample, int answer, int step) {}

    private void forward(double[] p, int sample) {
        int first = steps - problem.lengths[sample];
        for (int layer = 0; layer < architecture.layers(); layer++) {
            hidden[layer][first] = new double[units];
            cells[layer][first] = new double[units];
            for (int step = first; step < steps; step++) {
                double[] x = inputs(sample, layer, step);
                Frozen before = begins(step) && !frozen.isEmpty() ? frozen.get(sample) : new Frozen(hidden, cells);
                for (int n = 0; n < 4 * units; n++) {
                    double z = p[architecture.biases(layer) + n]
                            + dot(p, architecture.inputWeights(layer) + n * x.length, x)
                            + dot(p, architecture.recurrentWeights(layer) + n * units, before.hidden()[layer][step]);
                    gates[layer][step][n] = n < units ? Math.tanh(z) : 1 / (1 + Math.exp(-z));
                }
                double[] g = gates[layer][step];
                for (int j = 0; j < units; j++) {
                    cells[layer][step + 1][j] = g[units + j] * before.cells()[layer][step][j] + g[3 * units + j] * g[j];
                    hidden[layer][step + 1][j] = g[2 * units + j] * Math.tanh(cells[layer][step + 1][j]);
                }
            }
        }
    }

    /** Whether a span begins with this step. */
    private boolean begins(int step) {
        return (steps - step) % span == 0;
    }

    private double[] inputs(int sample, int layer, int step) {
        if (layer > 0) {
            return dropped(sample, layer - 1, step, hidden[layer - 1][step + 1]);
        }
        int valid = step - steps + problem.lengths[sample];
        double[] x = new double[architecture.inputs()];
        for (int i = 0; i < x.length; i++) {
            x[i] = problem.values[(sample * steps + valid) * x.length + i];
        }
        return x;
    }

    private double[] dropped(int sample, int layer, int step, double[] values) {
        mask.at(layer, step);
        double[] kept = new double[units];
        int lane = sample % Layout.LANES;
        for (int j = 0; j < units; j++) {
            int bits = mask.bits(j * 16 + lane % 16) >>> (lane < 16 ? 0 : 16) & 0xFFFF;
            kept[j] = bits < mask.threshold ? 0 : values[j] * mask.scale;
        }
        return kept;
    }

    private static double dot(double[] p, int from, double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += p[from + i] * x[i];
        }
        return sum;
    }

    private double answer(double[] p, double[] gradient, Place at, double[][][] arriving, long answers) {
        int top = architecture.layers() - 1;
        int outputs = architecture.outputs();
        double[] x = dropped(at.sample, top, at.step, hidden[top][at.step + 1]);
        double[] y = new double[outputs];
        for (int o = 0; o < outputs; o++) {
            y[o] = p[architecture.headBiases() + o] + dot(p, architecture.headWeights() + o * units, x);
        }
        activate(y);
        double loss = 0;
        double[] dx = new double[units];
        for (int o = 0; o < outputs; o++) {
            int row = at.sample * architecture.answers(steps) + at.answer;
            double target = problem.targets[row * outputs + o];
            loss += loss(y[o], target);
            double dy = factor() * (y[o] - target) / answers;
            gradient[architecture.headBiases() + o] += dy;
            for (int j = 0; j < units; j++) {
                gradient[architecture.headWeights() + o * units + j] += dy * x[j];
                dx[j] += dy * p[architecture.headWeights() + o * units + j];
            }
        }
        add(arriving[top][at.step], dropped(at.sample, top, at.step, dx));
        return loss;
    }

    private void activate(double[] y) {
        double sum = 0;
        for (int o = 0; o < y.length; o++) {
            switch (architecture.loss()) {
                case MEAN_SQUARED_ERROR -> {}
                case SOFTMAX_CROSS_ENTROPY -> y[o] = Math.exp(y[o]);
                case SIGMOID_CROSS_ENTROPY -> y[o] = 1 / (1 + Math.exp(-y[o]));
            }
            sum += y[o];
        }
        for (int o = 0; o < y.length && architecture.loss() == Loss.SOFTMAX_CROSS_ENTROPY; o++) {
            y[o] /= sum;
        }
    }

    private double loss(double y, double target) {
        int outputs = architecture.outputs();
        return switch (architecture.loss()) {
            case MEAN_SQUARED_ERROR -> (y - target) * (y - target) / outputs;
            case SOFTMAX_CROSS_ENTROPY -> -target * Math.log(y);
            case SIGMOID_CROSS_ENTROPY -> -(target * Math.log(y) + (1 - target) * Math.log(1 - y)) / outputs;
        };
    }

    private double factor() {
        return switch (architecture.loss()) {
            case MEAN_SQUARED_ERROR -> 2.0 / architecture.outputs();
            case SOFTMAX_CROSS_ENTROPY -> 1;
            case SIGMOID_CROSS_ENTROPY -> 1.0 / architecture.outputs();
        };
    }

    private void backward(double[] p, double[] gradient, int sample, int layer, double[][][] arriving) {
        double[] dh = new double[units];
        double[] dc = new double[units];
        for (int step = steps - 1; step >= steps - problem.lengths[sample]; step--) {
            if (begins(step + 1)) {
                dh = new double[units];
                dc = new double[units];
            }
            add(dh, arriving[layer][step]);
            double[] dz = gateGradients(layer, step, dh, dc);
            double[] x = inputs(sample, layer, step);
            double[] dx = new double[x.length];
            dh = new double[units];
            for (int n = 0; n < 4 * units; n++) {
                gradient[architecture.biases(layer) + n] += dz[n];
                int w = architecture.inputWeights(layer) + n * x.length;
                addOuter(p, gradient, w, dz[n], x, dx);
                addOuter(p, gradient, architecture.recurrentWeights(layer) + n * units, dz[n], hidden[layer][step], dh);
            }
            if (layer > 0) {
                add(arriving[layer - 1][step], dropped(sample, layer - 1, step, dx));
            }
        }
    }

    /** Gradients of gate sums; turns those of the cells into those of the step before. */
    private double[] gateGradients(int layer, int step, double[] dh, double[] dc) {
        double[] g = gates[layer][step];
        double[] dz = new double[4 * units];
        for (int j = 0; j < units; j++) {
            double f = g[units + j];
            double o = g[2 * units + j];
            double i = g[3 * units + j];
            double squashed = Math.tanh(cells[layer][step + 1][j]);
            dc[j] += dh[j] * o * (1 - squashed * squashed);
            dz[j] = dc[j] * i * (1 - g[j] * g[j]);
            dz[units + j] = dc[j] * cells[layer][step][j] * f * (1 - f);
            dz[2 * units + j] = dh[j] * squashed * o * (1 - o);
            dz[3 * units + j] = dc[j] * g[j] * i * (1 - i);
            dc[j] *= f;
        }
        return dz;
    }

    private static double[][][] copy(double[][][] values) {
        return Arrays.stream(values)
                .map(layer -> Arrays.stream(layer).map(double[]::clone).toArray(double[][]::new))
                .toArray(double[][][]::new);
    }

    private static void addOuter(double[] p, double[] gradient, int at, double dz, double[] x, double[] dx) {
        for (int i = 0; i < x.length; i++) {
            gradient[at + i] += dz * x[i];
            dx[i] += dz * p[at + i];
        }
    }

    private static void add(double[] to, double[] values) {
        for (int i = 0; i < to.length; i++) {
            to[i] += values[i];
        }
    }
}
