package dev.tunefleet.worker.lstm;

import java.util.Arrays;
import java.util.Objects;

import static dev.tunefleet.worker.lstm.Layout.LANES;

/**
 * An LSTM network in training: parameters, Adam's moments and every buffer of a step in one arena, which is taken at once and
 * given back by {@link #close}. For one thread at a time; nothing is allocated by a step.
 */
public final class LstmNetwork implements AutoCloseable {
    private final Architecture architecture;
    private final Hyperparameters hyperparameters;
    private final Layout layout;
    private final Adam adam;
    private final Mask mask;
    private float[] m;
    private final Kernels kernels;
    private final Panels panels;
    private final Gather gather;
    private final Layer[] layers;
    private final Layer.Above[] above;
    private final Head head;
    private final Criterion criterion;
    private double gradientNorm;
    private boolean diverged;
    private boolean packed;

    /**
     * Takes the arena; parameters and moments are zero until loaded.
     *
     * @param sequence steps of the longest sample that will be seen
     */
    public LstmNetwork(Architecture architecture, int sequence, Hyperparameters hyperparameters) {
        this.architecture = architecture;
        this.hyperparameters = Objects.requireNonNull(hyperparameters, "hyperparameters");
        layout = new Layout(architecture, sequence);
        m = layout.allocate();
        adam = new Adam(layout);
        mask = new Mask(hyperparameters.dropout(), hyperparameters.seed());
        kernels = new ScalarKernels(m);
        panels = new Panels(m);
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

    /** Bytes of the arena of such a network, to the byte; independent of the batch size. */
    public static long bytes(Architecture architecture, int sequence) {
        return new Layout(architecture, sequence).bytes();
    }

    public Architecture architecture() {
        return architecture;
    }

    /** Copies the flat parameter vector in. */
    public void load(float[] parameters) {
        copyIn(parameters, layout.parameters);
        packed = false;
    }

    /** Copies the flat parameter vector out. */
    public void store(float[] parameters) {
        copyOut(layout.parameters, parameters);
    }

    /** Goes on from a state, which is copied. */
    public void restore(State state) {
        load(state.parameters());
        copyIn(state.firstMoments(), layout.firstMoments);
        copyIn(state.secondMoments(), layout.secondMoments);
        adam.steps = state.steps();
    }

    /** A copy of the state for a checkpoint. */
    public State state() {
        State state = State.initial(new float[architecture.parameters()]);
        store(state.parameters());
        copyOut(layout.firstMoments, state.firstMoments());
        copyOut(layout.secondMoments, state.secondMoments());
        return new State(state.parameters(), state.firstMoments(), state.secondMoments(), adam.steps);
    }

    /** Steps of Adam taken so far. */
    public long steps() {
        return adam.steps;
    }

    /** Global norm of the gradients of the last batch, before clipping and L2. */
    public double gradientNorm() {
        return gradientNorm;
    }

    /** Whether loss or gradient norm of the last batch was not finite; its step was not taken. */
    public boolean diverged() {
        return diverged;
    }

    /**
     * One training step. The dropout masks depend on the seed, the epoch and the number of the batch in it.
     *
     * @return the mean loss of the batch before the step, without the L2 term
     */
    public double train(Batch batch, int epoch, int number, double learningRate) {
        double loss = differentiate(batch, epoch, number);
        if (!diverged) {
            update(learningRate);
        }
        return loss;
    }

    /** The mean loss of a batch without dropout and without the L2 term. */
    public double loss(Batch batch) {
        double sum = 0;
        for (int block = 0; block < batch.count(); block += LANES) {
            int count = Math.min(LANES, batch.count() - block);
            forward(batch, block, count, false);
            sum += criterion.sum(batch, block, count);
        }
        return sum / criterion.answers(batch);
    }

    /**
     * Writes the activated outputs of a batch without dropout: [sample][output], or [sample][step][output], from an offset on.
     * What lies beyond the length of a sample is left as it was.
     */
    public void predict(Batch batch, float[] outputs, int offset) {
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

    /** Copies the gradients of the last batch out. */
    void gradients(float[] gradients) {
        copyOut(layout.gradients, gradients);
    }

    private void update(double learningRate) {
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
        packed = false;
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

    private void pack() {
        if (!packed) {
            for (Layer layer : layers) {
                layer.pack(panels);
            }
            head.pack(panels);
            packed = true;
        }
    }

    private void copyIn(float[] from, int to) {
        checkLength(from);
        System.arraycopy(from, 0, m, to, from.length);
    }

    private void copyOut(int from, float[] to) {
        checkLength(to);
        System.arraycopy(m, from, to, 0, to.length);
    }

    private void checkLength(float[] vector) {
        if (vector.length != architecture.parameters()) {
            throw new IllegalArgumentException("The length (" + vector.length + ") of a vector of " + architecture
                    + " must equal its number of parameters (" + architecture.parameters() + ").");
        }
    }

    @Override
    public void close() {
        m = new float[0];
    }
}
