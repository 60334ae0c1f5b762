package dev.tunefleet.worker.train;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** ND4J's native code: loaded before the first trial needs it, and with one thread, for slots are the parallelism. */
public final class NativeThreads {

    private static final String CACHE = "org.bytedeco.javacpp.cachedir";
    private static final int UNPACKED_MEGABYTES = 400;

    private NativeThreads() {}

    /**
     * Loads the native code; takes seconds the first time.
     *
     * @param cache where libraries are unpacked, unless the JVM was started with a place of its own
     * @throws IllegalStateException when it cannot be loaded, which names the place and the room that is left there
     */
    public static void single(Optional<Path> cache) {
        if (System.getProperty(CACHE) == null) {
            cache.ifPresent(
                    folder -> System.setProperty(CACHE, folder.resolve("native").toString()));
        }
        try {
            // Loading the backend comes first: the holder of the native code is empty without.
            Nd4j.getBackend();
        } catch (LinkageError failure) {
            throw new IllegalStateException(complaint(), failure);
        }
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        Nd4j.factory().blas().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
    }

    /** The library's own words, of a missing dependency, mislead: what it cannot unpack it looks for elsewhere. */
    private static String complaint() {
        try {
            File folder = Loader.getCacheDir();
            return "The folder (" + folder + ") for the native libraries of this worker must have room for "
                    + UNPACKED_MEGABYTES + " MB; " + (folder.getUsableSpace() >> 20)
                    + " MB are left, and loading them failed."
                    + " Maybe the disk is full, or they cannot be run on this machine.";
        } catch (IOException unusable) {
            return "The folder for the native libraries of this worker must be one that it may write to: "
                    + unusable.getMessage();
        }
    }
}
