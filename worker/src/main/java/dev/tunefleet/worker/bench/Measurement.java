package dev.tunefleet.worker.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What one size gave.
 *
 * @param samplesPerSecond of all slots together, by the wall clock
 * @param cpuShare of a core that each training thread got on average; below 1 the machine was busy with other things
 */
record Measurement(String engine, Size size, int threads, double samplesPerSecond, double cpuShare) {
    private static final int WARM_UP_STEPS = 3;
    private static final double WARM_UP_SECONDS = 1;
    private static final double QUIET_SECONDS = 0.5;
    private static final double LONGEST_WARM_UP_SECONDS = 60;

    /** @throws IllegalArgumentException when {@code size} is too large for the engine */
    static Measurement of(Options options, Size size) throws InterruptedException, ExecutionException {
        int threads = options.threads();
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Callable<Rate>> slots = new ArrayList<>();
        for (int slot = 0; slot < threads; slot++) {
            int number = slot;
            slots.add(() -> run(options, size, number, start));
        }
        double samples = 0;
        double share = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (Future<Rate> future : executor.invokeAll(slots)) {
                samples += future.get().samplesPerSecond();
                share += future.get().cpuShare() / threads;
            }
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IllegalArgumentException refused) {
                throw new IllegalArgumentException(
                        "The size (" + size + ") of a benchmark must fit: " + refused.getMessage(), refused);
            }
            throw failure;
        }
        return new Measurement(options.engine(), size, threads, samples, share);
    }

    private static Rate run(Options options, Size size, int slot, CyclicBarrier start) throws Exception {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        try (Engine engine = options.factory().open(size, slot)) {
            warmUp(engine, clock);
            start.await();
            long begin = System.nanoTime();
            long cpu = clock.getCurrentThreadCpuTime();
            long steps = 0;
            do {
                engine.step();
                steps++;
            } while (System.nanoTime() - begin < options.seconds() * 1e9);
            double elapsed = System.nanoTime() - begin;
            return new Rate(steps * size.batch() / elapsed * 1e9, (clock.getCurrentThreadCpuTime() - cpu) / elapsed);
        }
    }

    /** Runs until the JIT compiler has had nothing to do for a while of this thread's own time. */
    private static void warmUp(Engine engine, ThreadMXBean clock) {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long limit = System.nanoTime() + (long) (LONGEST_WARM_UP_SECONDS * 1e9);
        long begin = clock.getCurrentThreadCpuTime();
        long changed = begin;
        long compiled = compiler.getTotalCompilationTime();
        long now = begin;
        for (int step = 0; step < WARM_UP_STEPS || !ready(now - begin, now - changed, limit); step++) {
            engine.step();
            now = clock.getCurrentThreadCpuTime();
            if (compiler.getTotalCompilationTime() != compiled) {
                compiled = compiler.getTotalCompilationTime();
                changed = now;
            }
        }
    }

    private static boolean ready(long running, long quiet, long limit) {
        return running > WARM_UP_SECONDS * 1e9 && quiet > QUIET_SECONDS * 1e9 || System.nanoTime() > limit;
    }

    private record Rate(double samplesPerSecond, double cpuShare) {}

    /** One line of JSON. */
    String json() {
        double gigaflops = size.operations() / size.batch() * samplesPerSecond / 1e9;
        return String.format(
                Locale.ROOT,
                "{\"engine\": \"%s\", \"size\": \"%s\", \"threads\": %d, \"samples_per_s\": %.1f, \"gflops\": %.1f, \"cpu_share\": %.3f}",
                engine,
                size,
                threads,
                samplesPerSecond,
                gigaflops,
                cpuShare);
    }
}
