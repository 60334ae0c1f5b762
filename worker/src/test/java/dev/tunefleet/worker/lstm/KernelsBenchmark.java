package dev.tunefleet.worker.lstm;

import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of each kernel for one layer and step of a block of 32; the operands of several steps take turns, as in training. The
 * median of samples, which a busy machine does not move much.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelsBenchmark {
    private static final int STEPS = 16;

    @Param({"50", "100", "200"})
    int units;

    private Layout layout;
    private float[] arena;
    private Kernels kernels;
    private Product gateSums;
    private Product intoHidden;
    private Outer outer;
    private Mask mask;
    private Adam adam;
    private Gather gather;
    private Span span;
    private Batch batch;
    private Panels panels;
    private Layer layer;
    private int count;
    private int step;

    @Setup(Level.Trial)
    public void take() {
        layout = new Layout(
                new Architecture(7, units, 2, 24, Emission.LAST_STEP, Loss.MEAN_SQUARED_ERROR), Unrolling.full(STEPS));
        arena = layout.allocate();
        kernels = Dispatch.kernels(arena, layout);
        gateSums = new Product(4 * units, layout.operandRows(1), false);
        intoHidden = new Product(units, 4 * units, false);
        outer = new Outer(4 * units, Layout.aligned(layout.operandRows(1)), Layout.CHUNK, 4 * units * Layout.LANES);
        mask = new Mask(0.2, 3);
        adam = new Adam(layout);
        adam.next(1e-3, 1);
        gather = new Gather(layout, arena);
        span = new Span(layout.unrolling);
        batch = batch();
        panels = new Panels(arena, kernels.tile());
        layer = new Layer(1, layout, kernels, arena);
        count = units * Layout.LANES;
    }

    private static Batch batch() {
        int[] origins = new int[Layout.LANES];
        int[] order = new int[Layout.LANES];
        for (int i = 0; i < Layout.LANES; i++) {
            origins[i] = STEPS + 37 * i;
            order[i] = i;
        }
        Windows windows = new Windows(new float[7 * (STEPS + 37 * Layout.LANES)], 7, STEPS, origins, 1);
        return new Batch(new Dataset(windows, new Values(new float[24 * Layout.LANES])), order, 0, Layout.LANES);
    }

    @Setup(Level.Iteration)
    public void fill() {
        Random random = new Random(1);
        for (int i = 0; i < arena.length; i++) {
            arena[i] = (float) random.nextGaussian() * 0.1f;
        }
    }

    private int next() {
        step = (step + 1) % STEPS;
        return step;
    }

    @Benchmark
    public void gateSums() {
        int at = next();
        kernels.multiply(gateSums, layout.forwardPanels[1], layout.operand(1, at), layout.gate(1, at));
    }

    @Benchmark
    public void gatesCellsAndHiddenState() {
        int at = next();
        kernels.forward(layout.gate(1, at), layout.cell(1, at), layout.hidden(1, at + 1), count);
    }

    @Benchmark
    public void gateGradients() {
        int at = next();
        kernels.backward(layout.gate(1, at), layout.cell(1, at), layout.hidden(1, at + 1), layout.carry, count);
    }

    @Benchmark
    public void hiddenGradients() {
        kernels.multiply(intoHidden, layout.recurrentPanels[1], layout.gate(1, next()), layout.carry);
    }

    @Benchmark
    public void transposedOperand() {
        int at = next();
        kernels.transpose(
                layout.operand(1, at), layout.operandRows(1), layout.transposed, at % Layout.CHUNK, Layout.CHUNK);
    }

    /** A whole chunk: divide by its steps. */
    @Benchmark
    public void weightGradientsOfAChunk() {
        int at = next() / Layout.CHUNK * Layout.CHUNK;
        kernels.outer(outer, layout.gate(1, at), layout.transposed, layout.weightSums);
    }

    @Benchmark
    public void dropout() {
        int at = next();
        mask.at(0, at);
        kernels.mask(mask, layout.hidden(0, at + 1), layout.operand(1, at), units, false);
    }

    /** Once a batch, over all parameters of both layers and of the head. */
    @Benchmark
    public void adam() {
        kernels.update(adam, 0, layout.architecture.parameters(), 1e-3f);
    }

    /** Once a block, over all steps: divide by {@value #STEPS}. */
    @Benchmark
    public void gatherOfAllSteps() {
        gather.measure(batch, 0, Layout.LANES);
        span.begin(gather.firstStep);
        gather.inputs(batch, 0, Layout.LANES, span);
    }

    /** Once a batch, of one layer. */
    @Benchmark
    public void packedWeights() {
        layer.pack(panels);
    }
}
