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
    private final Span span;
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
        span = new Span(layout.unrolling);
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
            begin(batch, block, count);
            do {
                forward(batch, block, count, mask.active());
                if (answering()) {
                    sum += criterion.sum(batch, block, count, span.later());
                    criterion.differentiate(batch, block, count, span.later(), answers);
                    backward();
                }
            } while (span.advance());
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
            begin(batch, block, count);
            do {
                forward(batch, block, count, false);
                sum += answering() ? criterion.sum(batch, block, count, span.later()) : 0;
            } while (span.advance());
        }
        return sum / criterion.answers(batch);
    }

    void predict(Batch batch, float[] outputs, int offset) {
        for (int block = 0; block < batch.count(); block += LANES) {
            int count = Math.min(LANES, batch.count() - block);
            begin(batch, block, count);
            do {
                forward(batch, block, count, false);
                for (int lane = 0; lane < count && answering(); lane++) {
                    copyAnswers(batch, block + lane, outputs, offset);
                }
            } while (span.advance());
        }
    }

    private void copyAnswers(Batch batch, int index, float[] outputs, int offset) {
        int end = criterion.until(batch, batch.sample(index), span.later());
        int held = Math.min(end, layout.answers);
        int row = index * architecture.answers(batch.data().samples().sequence()) + end - held;
        int next = offset + row * architecture.outputs();
        for (int answer = layout.answers - held; answer < layout.answers; answer++) {
            for (int output = 0; output < architecture.outputs(); output++) {
                outputs[next++] = m[layout.headOutput(answer) + output * LANES + index % LANES];
            }
        }
    }

    private void begin(Batch batch, int block, int count) {
        pack();
        gather.measure(batch, block, count);
        span.begin(gather.firstStep);
    }

    /** Whether the network answers in this span. */
    private boolean answering() {
        return architecture.emission() == Emission.EVERY_STEP || span.isLast();
    }

    private void forward(Batch batch, int block, int count, boolean dropout) {
        gather.inputs(batch, block, count, span);
        int top = layers.length - 1;
        for (int layer = 0; layer <= top; layer++) {
            layers[layer].forward(span, gather.unequal);
            for (int slot = layer < top ? span.first : firstAnswer(); slot < layout.steps; slot++) {
                int to = layer < top ? layout.operand(layer + 1, slot) : layout.headOperand(answer(slot));
                hand(layer, slot, to, dropout);
            }
        }
        if (answering()) {
            head.forward(answer(firstAnswer()));
            criterion.activate(answer(firstAnswer()));
        }
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

    private void hand(int layer, int slot, int to, boolean dropout) {
        int from = layout.hidden(layer, slot + 1);
        if (dropout) {
            mask.at(layer, span.offset + slot);
            kernels.mask(mask, from, to, architecture.units(), false);
        } else {
            System.arraycopy(m, from, m, to, architecture.units() * LANES);
        }
    }

    private void backward() {
        head.backward(answer(firstAnswer()));
        for (int layer = layers.length - 1; layer >= 0; layer--) {
            layers[layer].backward(span.first, gather.unequal, above[layer]);
        }
    }

    private Layer.Above gradientsInto(int layer) {
        boolean top = layer == architecture.layers() - 1;
        return (slot, carry) -> {
            if (!top || slot >= firstAnswer()) {
                int from = top ? layout.headOperand(answer(slot)) : layout.operand(layer + 1, slot);
                if (mask.active()) {
                    mask.at(layer, span.offset + slot);
                    kernels.mask(mask, from, carry, architecture.units(), true);
                } else {
                    Sums.add(m, from, carry, architecture.units() * LANES);
                }
            }
        };
    }

    /** The first slot with an answer, in a span that has one. */
    private int firstAnswer() {
        return switch (architecture.emission()) {
            case LAST_STEP -> answering() ? layout.steps - 1 : layout.steps;
            case EVERY_STEP -> span.first;
        };
    }

    private int answer(int slot) {
        return slot - layout.steps + layout.answers;
    }
}
