package dev.tunefleet.worker.lstm;

import java.util.Arrays;

import static dev.tunefleet.worker.lstm.Layout.LANES;

/** A training step over one arena: blocks of a batch forward and backward through all layers, then Adam. */
final class Step {
    final Layout layout;
    final float[] m;
    final Adam adam;
    double gradientNorm;
    boolean diverged;

    private final Architecture architecture;
    private final Hyperparameters hyperparameters;
    private final Kernels kernels;
    private final Mask mask;
    private final Panels panels;
    private final Gather gather;
    private final Layer[] layers;
    private final Layer.Above[] above;
    private final Head head;
    private final Criterion criterion;
    private boolean packed;

    /** Over an arena of zeros that the layout has allocated, by kernels on the same arena. */
    Step(Layout layout, float[] arena, Kernels kernels, Hyperparameters hyperparameters) {
        this.layout = layout;
        this.hyperparameters = hyperparameters;
        this.kernels = kernels;
        architecture = layout.architecture;
        m = arena;
        adam = new Adam(layout);
        mask = new Mask(hyperparameters.dropout(), hyperparameters.seed());
        panels = new Panels(m, kernels.tile());
        gather = new Gather(layout, m);
        head = new Head(layout, kernels, m);
        criterion = new Criterion(layout, m);
        layers = new Layer[architecture.layers()];
        above = new Layer.Above[architecture.layers()];
        for (int layer = 0; layer < layers.length; layer++) {
            layers[layer] = new Layer(layer, layout, kernels, m);
            above[layer] = gradientsInto(layer);
        }
    }

    /** To be called whenever parameters have changed. */
    void repack() {
        packed = false;
    }

    /** Leaves the gradients of the mean loss of a batch, without clipping and L2, and returns the loss. */
    double differentiate(Batch batch, int epoch, int number) {
        Arrays.fill(m, layout.gradients, layout.gradients + architecture.parameters(), 0);
        long answers = criterion.answers(batch);
        double sum = 0;
        for (int block = 0; block < batch.count(); block += LANES) {
            int count = Math.min(LANES, batch.count() - block);
            mask.block(epoch, number, block);
            forward(batch, block, count, mask.active());
            sum += criterion.sum(batch, block, count);
            criterion.differentiate(batch, block, count, answers);
            backward();
        }
        gradientNorm = Math.sqrt(kernels.squares(layout.gradients, architecture.parameters()));
        diverged = !Double.isFinite(sum) || !Double.isFinite(gradientNorm);
        return sum / answers;
    }

    void update(double learningRate) {
        double clip = hyperparameters.clip();
        adam.next(learningRate, clip > 0 && gradientNorm > clip ? clip / gradientNorm : 1);
        float l2 = (float) hyperparameters.l2();
        for (int layer = 0; layer < architecture.layers(); layer++) {
            int first = architecture.inputWeights(layer);
            int biases = architecture.biases(layer);
            kernels.update(adam, first, biases - first, l2);
            kernels.update(adam, biases, architecture.gates(), 0);
        }
        kernels.update(adam, architecture.headWeights(), architecture.units() * architecture.outputs(), l2);
        kernels.update(adam, architecture.headBiases(), architecture.outputs(), 0);
        repack();
    }

    double loss(Batch batch) {
        double sum = 0;
        for (int block = 0; block < batch.count(); block += LANES) {
            int count = Math.min(LANES, batch.count() - block);
            forward(batch, block, count, false);
            sum += criterion.sum(batch, block, count);
        }
        return sum / criterion.answers(batch);
    }

    void predict(Batch batch, float[] outputs, int offset) {
        int answers = architecture.answers(batch.data().samples().sequence());
        for (int block = 0; block < batch.count(); block += LANES) {
            int count = Math.min(LANES, batch.count() - block);
            forward(batch, block, count, false);
            for (int lane = 0; lane < count; lane++) {
                int to = offset + (block + lane) * answers * architecture.outputs();
                int length = architecture.answers(batch.data().samples().length(batch.sample(block + lane)));
                copyAnswers(lane, length, outputs, to);
            }
        }
    }

    private void copyAnswers(int lane, int length, float[] outputs, int to) {
        int next = to;
        for (int answer = layout.answers - length; answer < layout.answers; answer++) {
            for (int output = 0; output < architecture.outputs(); output++) {
                outputs[next++] = m[layout.headOutput(answer) + output * LANES + lane];
            }
        }
    }

    private void forward(Batch batch, int block, int count, boolean dropout) {
        pack();
        gather.inputs(batch, block, count);
        int top = layers.length - 1;
        for (int layer = 0; layer <= top; layer++) {
            layers[layer].forward(gather.first, gather.unequal);
            for (int step = layer < top ? gather.first : firstAnswer(); step < layout.sequence; step++) {
                int to = layer < top ? layout.operand(layer + 1, step) : layout.headOperand(answer(step));
                hand(layer, step, to, dropout);
            }
        }
        head.forward(answer(firstAnswer()));
        criterion.activate(answer(firstAnswer()));
    }

    private void pack() {
        if (!packed) {
            for (Layer layer : layers) {
                layer.pack(panels);
            }
            head.pack(panels);
            packed = true;
        }
    }

    private void hand(int layer, int step, int to, boolean dropout) {
        int from = layout.hidden(layer, step + 1);
        if (dropout) {
            mask.at(layer, step);
            kernels.mask(mask, from, to, architecture.units(), false);
        } else {
            System.arraycopy(m, from, m, to, architecture.units() * LANES);
        }
    }

    private void backward() {
        head.backward(answer(firstAnswer()));
        for (int layer = layers.length - 1; layer >= 0; layer--) {
            layers[layer].backward(gather.first, gather.unequal, above[layer]);
        }
    }

    private Layer.Above gradientsInto(int layer) {
        boolean top = layer == architecture.layers() - 1;
        return (step, carry) -> {
            if (!top || step >= firstAnswer()) {
                int from = top ? layout.headOperand(answer(step)) : layout.operand(layer + 1, step);
                if (mask.active()) {
                    mask.at(layer, step);
                    kernels.mask(mask, from, carry, architecture.units(), true);
                } else {
                    Sums.add(m, from, carry, architecture.units() * LANES);
                }
            }
        };
    }

    private int firstAnswer() {
        return architecture.emission() == Emission.LAST_STEP ? layout.sequence - 1 : gather.first;
    }

    private int answer(int step) {
        return step - layout.sequence + layout.answers;
    }
}
