package dev.tunefleet.worker.train;

import java.nio.file.Path;
import java.util.Optional;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** ND4J's native code: loaded before the first trial needs it, and with one thread, for slots are the parallelism. */
public final class NativeThreads {

    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    private NativeThreads() {}

    /**
     * Loads the native code; takes seconds the first time.
     *
     * @param cache where libraries are unpacked, unless the JVM was started with a place of its own
     */
    public static void single(Optional<Path> cache) {
        if (System.getProperty(CACHE) == null) {
            cache.ifPresent(
                    folder -> System.setProperty(CACHE, folder.resolve("native").toString()));
        }
        // Loading the backend comes first: the holder of the native code is empty without.
        Nd4j.getBackend();
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        Nd4j.factory().blas().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
    }
}
