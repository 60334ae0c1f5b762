package dev.tunefleet.worker.lstm;

import java.util.Objects;
import java.util.Optional;

/**
 * An LSTM network in training: parameters, Adam's moments and every buffer of a step in one arena, which is taken at once and
 * given back by {@link #close}. For one thread at a time; no step allocates.
 */
public final class LstmNetwork implements AutoCloseable {
    private final Architecture architecture;
    private Optional<Step> open;

    /** Takes the arena; parameters and moments are zero until loaded. */
    public LstmNetwork(Architecture architecture, Unrolling unrolling, Hyperparameters hyperparameters) {
        this.architecture = architecture;
        Objects.requireNonNull(hyperparameters, "hyperparameters");
        Layout layout = new Layout(architecture, unrolling);
        float[] arena = layout.allocate();
        open = Optional.of(new Step(layout, arena, Dispatch.kernels(arena, layout), hyperparameters));
    }

    /** A network whose gradients go back through whole sequences. */
    public LstmNetwork(Architecture architecture, int sequence, Hyperparameters hyperparameters) {
        this(architecture, Unrolling.full(sequence), hyperparameters);
    }

    /** Bytes of the arena of such a network, to the byte; the same for every batch size and, by a given span, every sequence. */
    public static long bytes(Architecture architecture, Unrolling unrolling) {
        return new Layout(architecture, unrolling).bytes();
    }

    public Architecture architecture() {
        return architecture;
    }

    /** Copies the flat parameter vector in. */
    public void load(float[] parameters) {
        copyIn(parameters, step().layout.parameters);
        step().repack();
    }

    /** Copies the flat parameter vector out. */
    public void store(float[] parameters) {
        copyOut(step().layout.parameters, parameters);
    }

    /** Goes on from a state, which is copied. */
    public void restore(State state) {
        load(state.parameters());
        copyIn(state.firstMoments(), step().layout.firstMoments);
        copyIn(state.secondMoments(), step().layout.secondMoments);
        step().adam.steps = state.steps();
    }

    /** A copy of the state for a checkpoint. */
    public State state() {
        State state = State.initial(new float[architecture.parameters()]);
        store(state.parameters());
        copyOut(step().layout.firstMoments, state.firstMoments());
        copyOut(step().layout.secondMoments, state.secondMoments());
        return new State(state.parameters(), state.firstMoments(), state.secondMoments(), steps());
    }

    /** Steps of Adam taken so far. */
    public long steps() {
        return step().adam.steps;
    }

    /** Global norm of the gradients of the last batch, before clipping and L2. */
    public double gradientNorm() {
        return step().gradientNorm;
    }

    /** Whether loss or gradient norm of the last batch was not finite; its step was not taken. */
    public boolean diverged() {
        return step().diverged;
    }

    /**
     * One training step. The dropout masks depend on the seed, the epoch and the number of the batch in it.
     *
     * @return the mean loss of the batch before the step, without the L2 term
     */
    public double train(Batch batch, int epoch, int number, double learningRate) {
        double loss = differentiate(batch, epoch, number);
        if (!diverged()) {
            step().update(learningRate);
        }
        return loss;
    }

    /** The mean loss of a batch without dropout and without the L2 term. */
    public double loss(Batch batch) {
        return checked(batch).loss(batch);
    }

    /**
     * Writes the activated outputs of a batch without dropout: [sample][output], or [sample][step][output], from an offset on.
     * What lies beyond the length of a sample is left as it was.
     */
    public void predict(Batch batch, float[] outputs, int offset) {
        checked(batch).predict(batch, outputs, offset);
    }

    /** Leaves the gradients of the mean loss of a batch, without clipping and L2, and returns the loss. */
    double differentiate(Batch batch, int epoch, int number) {
        return checked(batch).differentiate(batch, epoch, number);
    }

    /** Copies the gradients of the last batch out. */
    void gradients(float[] gradients) {
        copyOut(step().layout.gradients, gradients);
    }

    private Step step() {
        return open.orElseThrow(() ->
                new IllegalStateException("The network (" + architecture + ") must not be used once it is closed."));
    }

    private Step checked(Batch batch) {
        Samples samples = batch.data().samples();
        if (samples.features() != architecture.inputs()) {
            throw new IllegalArgumentException("The features (" + samples.features()
                    + ") of a batch must equal the inputs of " + architecture + ".");
        }
        int sequence = step().layout.unrolling.sequence();
        if (samples.sequence() > sequence) {
            throw new IllegalArgumentException("The sequence (" + samples.sequence()
                    + ") of a batch must not exceed that of the network (" + sequence + ").");
        }
        return step();
    }

    private void copyIn(float[] from, int to) {
        checkLength(from);
        System.arraycopy(from, 0, step().m, to, from.length);
    }

    private void copyOut(int from, float[] to) {
        checkLength(to);
        System.arraycopy(step().m, from, to, 0, to.length);
    }

    private void checkLength(float[] vector) {
        if (vector.length != architecture.parameters()) {
            throw new IllegalArgumentException("The length (" + vector.length + ") of a vector of " + architecture
                    + " must equal its number of parameters (" + architecture.parameters() + ").");
        }
    }

    @Override
    public void close() {
        open = Optional.empty();
    }
}
