package dev.tunefleet.worker.lstm;

import java.lang.System.Logger.Level;

/** Chooses between vectors and scalars once per process, and says why. {@code -Dtunefleet.simd=none|128|256|512} forces the choice. */
final class Dispatch {
    private static final String FORCED = System.getProperty("tunefleet.simd", "");
    private static final boolean VECTORS = vectors();

    private Dispatch() {}

    static Kernels kernels(float[] arena, Layout layout) {
        return VECTORS ? new VectorKernels(arena, layout.zeros) : new ScalarKernels(arena);
    }

    private static boolean vectors() {
        System.Logger log = System.getLogger(Dispatch.class.getName());
        if (FORCED.equals("none")) {
            log.log(Level.INFO, "LSTM kernels: scalar, because tunefleet.simd is none");
            return false;
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            log.log(
                    Level.WARNING,
                    "LSTM kernels: scalar and slow, because the JVM runs without --add-modules jdk.incubator.vector");
            return false;
        }
        log.log(
                Level.INFO,
                "LSTM kernels: vectors of " + Simd.WIDTH + " floats in tiles of " + Simd.TILE + " by 2, because "
                        + (FORCED.isEmpty() ? "the CPU prefers them" : "tunefleet.simd is " + FORCED));
        return true;
    }
}
