package dev.tunefleet.worker.lstm;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Chooses once per process between vectors and scalars and between heights of tiles, and says why. {@code
 * -Dtunefleet.simd=none|128|256|512} and {@code -Dtunefleet.tile=4|8} force the choice.
 */
final class Dispatch {
    private static final Logger LOG = System.getLogger(Dispatch.class.getName());
    private static final String SIMD = System.getProperty("tunefleet.simd", "");
    private static final String TILE = System.getProperty("tunefleet.tile", "");
    private static volatile Loops chosen = byMachine();

    private Dispatch() {}

    static Kernels kernels(float[] arena, Layout layout) {
        return kernels(chosen, arena, layout);
    }

    static Kernels kernels(Loops loops, float[] arena, Layout layout) {
        return switch (loops) {
            case EIGHT_ROWS, FOUR_ROWS -> new VectorKernels(arena, layout.zeros, loops);
            case SCALARS -> new ScalarKernels(arena);
        };
    }

    static Loops chosen() {
        return chosen;
    }

    /** Networks made from now on use these loops. */
    static void choose(Loops loops) {
        chosen = loops;
    }

    /** Whether the user has decided. */
    static boolean forced() {
        return !SIMD.isEmpty() || !TILE.isEmpty();
    }

    private static Loops byMachine() {
        if (SIMD.equals("none")) {
            LOG.log(Level.INFO, "LSTM kernels: scalar, because tunefleet.simd is none");
            return Loops.SCALARS;
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "LSTM kernels: scalar and slow, because the JVM runs without --add-modules jdk.incubator.vector");
            return Loops.SCALARS;
        }
        Loops loops =
                switch (TILE) {
                    case "8" -> Loops.EIGHT_ROWS;
                    case "4" -> Loops.FOUR_ROWS;
                    default -> Simd.tiles();
                };
        LOG.log(
                Level.INFO,
                "LSTM kernels: vectors of {0} floats in tiles of {1} by 2, because {2}",
                Simd.WIDTH,
                loops.tile,
                forced() ? "tunefleet.simd or tunefleet.tile says so" : "the CPU prefers them");
        return loops;
    }
}
