package dev.tunefleet.worker.lstm;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;

/**
 * Times the loops that train, once, and takes the other tiles where those that fit the CPU on paper are far slower: one spilled
 * register or one vector that the compiler leaves on the heap costs a factor of two to six. Where scalars are faster than both it
 * warns, and leaves the choice to the user. What is trained does not depend on it. Takes a second or two, most of it the
 * compiler's, and is meant for a thread of its own.
 */
public final class KernelCheck implements Runnable {
    /** Below it a difference may be noise. */
    private static final double CLEARLY_FASTER = 1.5;

    private static final int STEADY_ROUNDS = 40;
    private static final long STEADY_NANOS = 250_000_000;
    private static final long LIMIT_NANOS = 3_000_000_000L;
    private static final Architecture TYPICAL =
            new Architecture(7, 50, 2, 24, Emission.LAST_STEP, Loss.MEAN_SQUARED_ERROR);

    private final LongSupplier clock;
    private final DoubleConsumer speed;

    /**
     * @param clock nanoseconds
     * @param speed is told what the chosen loops do, in GFLOP/s, where the machine was quiet enough to measure it
     */
    public KernelCheck(LongSupplier clock, DoubleConsumer speed) {
        this.clock = clock;
        this.speed = speed;
    }

    /**
     * What was measured of some loops.
     *
     * @param gigaflops per second, the best of many rounds
     * @param steady whether further rounds were no better, so that the compiler was done
     */
    record Rate(double gigaflops, boolean steady) {
        boolean clearlyBelow(Rate other) {
            return steady && CLEARLY_FASTER * gigaflops < other.gigaflops;
        }
    }

    @Override
    public void run() {
        Loops usual = Dispatch.chosen();
        if (Dispatch.forced() || usual == Loops.SCALARS) {
            tell(rate(usual));
            return;
        }
        // The usual ones last, so that the compiler has nothing else to do when they are judged.
        Rate scalars = rate(Loops.SCALARS);
        Rate others = rate(usual.otherTiles());
        Rate rate = rate(usual);
        if (rate.clearlyBelow(others)) {
            Dispatch.choose(usual.otherTiles());
        }
        tell(Dispatch.chosen() == usual ? rate : others);
        report(usual, rate, others, scalars);
    }

    private void tell(Rate chosen) {
        if (chosen.steady()) {
            speed.accept(chosen.gigaflops());
        }
    }

    private static void report(Loops usual, Rate rate, Rate others, Rate scalars) {
        boolean slow = rate.clearlyBelow(scalars) && others.clearlyBelow(scalars);
        Loops chosen = Dispatch.chosen();
        System.getLogger(KernelCheck.class.getName())
                .log(
                        slow || chosen != usual ? Level.WARNING : Level.INFO,
                        "LSTM kernels: tiles of {0} by 2, because this machine does {1} GFLOP/s with them, {2} in tiles of {3} and"
                                + " {4} with scalars.{5}",
                        chosen.tile,
                        text(chosen == usual ? rate : others),
                        text(chosen == usual ? others : rate),
                        chosen.otherTiles().tile,
                        text(scalars),
                        slow ? " Maybe this JVM does not compile vectors; -Dtunefleet.simd=none does without." : "");
    }

    private static String text(Rate rate) {
        return String.format(Locale.ROOT, rate.steady() ? "%.1f" : "at least %.1f", rate.gigaflops());
    }

    private Rate rate(Loops loops) {
        Layout layout = new Layout(TYPICAL, Unrolling.full(Layout.CHUNK));
        float[] arena = layout.allocate();
        Kernels kernels = Dispatch.kernels(loops, arena, layout);
        Product product = new Product(TYPICAL.gates(), layout.operandRows(1), false);
        Outer outer = new Outer(
                TYPICAL.gates(), Layout.aligned(layout.operandRows(1)), Layout.CHUNK, TYPICAL.gates() * Layout.LANES);
        double flops = 2.0 * Layout.LANES * Layout.CHUNK * TYPICAL.gates() * (layout.operandRows(1) + outer.width());
        long begun = clock.getAsLong();
        long improved = begun;
        long best = Long.MAX_VALUE;
        int since = 0;
        boolean steady = false;
        while (!steady && clock.getAsLong() - begun < LIMIT_NANOS) {
            long started = clock.getAsLong();
            for (int step = 0; step < Layout.CHUNK; step++) {
                kernels.multiply(product, layout.forwardPanels[1], layout.operand(1, step), layout.gate(1, step));
            }
            kernels.outer(outer, layout.gate(1, 0), layout.transposed, layout.weightSums);
            long ended = clock.getAsLong();
            long nanos = Math.max(1, ended - started);
            boolean better = nanos < best - best / 20;
            improved = better ? ended : improved;
            since = better ? 0 : since + 1;
            best = Math.min(best, nanos);
            steady = since >= STEADY_ROUNDS && ended - improved >= STEADY_NANOS;
        }
        return new Rate(flops / best, steady);
    }
}
