package dev.tunefleet.local.fleet;

import java.util.List;
import java.util.Map;

/** What a JVM that runs the worker's native code is started with. */
public final class WorkerJvm {

    /** One trial trains on one thread: more of them inside a trial cost more than they bring. */
    public static final Map<String, String> ENVIRONMENT = Map.of("OMP_NUM_THREADS", "1");

    private WorkerJvm() {}

    /** The options, with the native libraries unpacked once for all fleets of {@code home}. */
    public static List<String> options(Home home) {
        return List.of(
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.bytedeco.javacpp.cachedir=" + home.nativeCache());
    }
}
