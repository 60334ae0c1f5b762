package dev.tunefleet.coordinator.search;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
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

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.Guide;

/**
 * What a tell and the ask after it cost over the guide's seven parameters with eight trials pending, refits included: each
 * invocation adds one result to a growing study. The search uses one thread, so that time is CPU time on an idle machine.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 1, batchSize = 1, time = 10)
@Fork(1)
public class SuggestBenchmark {

    private static final int PENDING = 8;
    private static final int GROWTH = 60;

    /** Results at the start; the study begins anew once it has grown by 60. */
    @Param({"100", "500", "2000"})
    public int results;

    private final Search search = new GpSearch();
    private final List<Observation> observations = new ArrayList<>();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private long trials;
    private List<Observation> start;

    /** Prints the CPU time of each tell and ask, which a busy machine does not distort; JMH measures the time that passes. */
    public static void main(String[] arguments) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        System.out.println("results   median   95th percentile   most   (ms of CPU time)");
        for (int results : new int[] {100, 500, 2000}) {
            var benchmark = new SuggestBenchmark();
            benchmark.results = results;
            benchmark.prepare();
            double[] milliseconds = new double[200];
            for (int i = -GROWTH; i < milliseconds.length; i++) {
                benchmark.bound();
                long before = threads.getCurrentThreadCpuTime();
                benchmark.tellAndAsk();
                milliseconds[Math.max(0, i)] = (threads.getCurrentThreadCpuTime() - before) / 1e6;
            }
            Arrays.sort(milliseconds);
            System.out.printf(
                    "%7d %8.1f %17.1f %6.1f%n", results, milliseconds[100], milliseconds[190], milliseconds[199]);
        }
    }

    @Setup(Level.Trial)
    public void prepare() {
        start = new ArrayList<>();
        for (Configuration each : new SobolSearch().suggest(SearchView.of(Guide.SPACE), results, 1)) {
            start.add(Observation.of(start.size(), each, loss(each, start.size())));
        }
        begin();
    }

    private void begin() {
        observations.clear();
        observations.addAll(start);
        pending.clear();
        trials = results;
        while (pending.size() < PENDING) {
            ask();
        }
    }

    @Setup(Level.Invocation)
    public void bound() {
        if (observations.size() > results + GROWTH) {
            begin();
        }
    }

    @Benchmark
    public Configuration tellAndAsk() {
        Pending ended = pending.remove();
        observations.add(
                Observation.of(ended.trial(), ended.configuration(), loss(ended.configuration(), ended.trial())));
        return ask();
    }

    private Configuration ask() {
        SearchView view = SearchView.of(Guide.SPACE)
                .withObservations(observations)
                .withPending(List.copyOf(pending))
                .withResources(PENDING, 0);
        Configuration next = search.suggest(view, 1, 7).getFirst();
        pending.add(new Pending(trials++, next));
        return next;
    }

    /** A bowl in the logarithm of the rate, an optimum in the units, a few steps and noise, each result its own. */
    private static double loss(Configuration at, long trial) {
        double rate = Math.log10(at.number(Guide.LEARNING_RATE)) + 2.7;
        double units = at.number(Guide.UNITS) / 150 - 1;
        return 0.2
                + 0.2 * rate * rate
                + 0.2 * units * units
                + 0.05 * Math.abs(at.number(Guide.LAYERS) - 2)
                + 0.02 * Math.log(at.number(Guide.BATCH_SIZE))
                + (at.number(Guide.L2) > 0 ? 0.02 : 0)
                + 0.01 * new SplittableRandom(trial).nextGaussian();
    }
}
