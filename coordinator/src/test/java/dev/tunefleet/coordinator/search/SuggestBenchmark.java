package dev.tunefleet.coordinator.search;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
 * invocation adds the result of one of the pending to a growing study, not always the oldest's. The search uses one thread, so
 * that time is CPU time on an idle machine.
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
    private static final int TOLD = 120;

    /** What the results of a study are. */
    public enum Results {
        /** Values alone. */
        PLAIN,
        /** Values and seconds, as in every study that a fleet runs. */
        SECONDS,
        /** One trial of the study's beginning diverged, and no other. */
        ONE_FAILURE,
        /** Trials diverge at high rates and time out where they are large. */
        FAILURES,
        /** Values and seconds, which are weighed against each other. */
        COST_AWARE,
        /** Three values. */
        OBJECTIVES
    }

    /** Results at the start; the study begins anew once it has grown by 60. */
    @Param({"100", "500", "2000"})
    public int size;

    @Param
    public Results results;

    private Search search;
    private final List<Observation> observations = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private SplittableRandom random;
    private long trials;
    private List<Observation> start;

    /**
     * Prints the CPU time of each tell and ask, which a busy machine does not distort; JMH measures the time that passes.
     * Arguments: sizes and names of {@link Results}, all where none is given.
     */
    public static void main(String[] arguments) {
        Set<String> names = Set.of(arguments);
        System.out.println("results       size   median   95th percentile      most   (ms of CPU time)");
        for (Results results : Results.values()) {
            for (int size : new int[] {100, 500, 2000}) {
                if (wanted(names, Arrays.stream(Results.values()).map(Results::name), results.name())
                        && wanted(names, Stream.of("100", "500", "2000"), Integer.toString(size))) {
                    print(results, size);
                }
            }
        }
    }

    /** Whether {@code name} was given, or none of the names {@code all} it belongs to. */
    private static boolean wanted(Set<String> names, Stream<String> all, String name) {
        return names.contains(name) || all.noneMatch(names::contains);
    }

    private static void print(Results results, int size) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        var benchmark = new SuggestBenchmark();
        benchmark.results = results;
        benchmark.size = size;
        benchmark.prepare();
        double[] milliseconds = new double[TOLD];
        for (int i = -GROWTH; i < TOLD; i++) {
            benchmark.bound();
            long before = threads.getCurrentThreadCpuTime();
            benchmark.tellAndAsk();
            milliseconds[Math.max(0, i)] = (threads.getCurrentThreadCpuTime() - before) / 1e6;
        }
        Arrays.sort(milliseconds);
        System.out.printf(
                "%-11s %6d %8.1f %17.1f %9.1f%n",
                results, size, milliseconds[TOLD / 2], milliseconds[TOLD * 95 / 100], milliseconds[TOLD - 1]);
    }

    @Setup(Level.Trial)
    public void prepare() {
        start = new ArrayList<>();
        for (Configuration each : new SobolSearch().suggest(SearchView.of(Guide.SPACE), size, 1)) {
            start.add(new Observation(start.size(), each, outcome(each, start.size())));
        }
        begin();
    }

    /** Begins the study with a search that knows nothing of it: one that does would have no refit left to do. */
    private void begin() {
        search = new GpSearch();
        observations.clear();
        observations.addAll(start);
        pending.clear();
        random = new SplittableRandom(3);
        trials = size;
        while (pending.size() < PENDING) {
            ask();
        }
    }

    @Setup(Level.Invocation)
    public void bound() {
        if (observations.size() > size + GROWTH) {
            begin();
        }
    }

    @Benchmark
    public Configuration tellAndAsk() {
        Pending ended = pending.remove(random.nextInt(PENDING));
        observations.add(
                new Observation(ended.trial(), ended.configuration(), outcome(ended.configuration(), ended.trial())));
        return ask();
    }

    private Configuration ask() {
        SearchView view = SearchView.of(Guide.SPACE)
                .withObservations(observations)
                .withPending(pending)
                .withResources(PENDING, 0)
                .withCostAware(results == Results.COST_AWARE);
        if (results == Results.OBJECTIVES) {
            view = view.withGoals(Goal.MINIMISE, Goal.MINIMISE, Goal.MINIMISE);
        }
        Configuration next = search.suggest(view, 1, 7).getFirst();
        pending.add(new Pending(trials++, next));
        return next;
    }

    private Outcome outcome(Configuration at, long trial) {
        double loss = loss(at, trial);
        double seconds = seconds(at, trial);
        return switch (results) {
            case PLAIN -> Outcome.Measured.of(loss);
            case SECONDS, COST_AWARE -> measured(loss, seconds);
            case ONE_FAILURE -> trial == 5 ? new Outcome.Diverged() : measured(loss, seconds);
            case FAILURES ->
                at.number(Guide.LEARNING_RATE) > 6e-3
                        ? new Outcome.Diverged()
                        : seconds > 90 ? new Outcome.TimedOut(90) : measured(loss, seconds);
            case OBJECTIVES ->
                new Outcome.Measured(
                        List.of(new Outcome.Reading(1, loss)), seconds, List.of(seconds, at.number(Guide.UNITS)));
        };
    }

    private static Outcome measured(double loss, double seconds) {
        return Outcome.Measured.of(List.of(new Outcome.Reading(1, loss)), seconds);
    }

    /** Larger networks take longer, small batches too. */
    private static double seconds(Configuration at, long trial) {
        return 0.1
                * at.number(Guide.UNITS)
                * at.number(Guide.LAYERS)
                * Math.sqrt(64 / at.number(Guide.BATCH_SIZE))
                * Math.exp(0.1 * new SplittableRandom(-trial).nextGaussian());
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
