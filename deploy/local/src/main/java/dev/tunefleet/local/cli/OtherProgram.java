package dev.tunefleet.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.tunefleet.local.fleet.Home;

/** A small program of the worker or the coordinator that takes over this terminal until it ends. */
record OtherProgram(String classPath, String mainClass) {

    /** Runs it with {@code arguments}; returns its exit code. */
    int run(List<String> options, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("OMP_NUM_THREADS", "1");
        return builder.start().waitFor();
    }

    /** What a JVM that loads the worker's native code is started with. */
    static List<String> workerOptions() {
        return List.of(
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.bytedeco.javacpp.cachedir=" + Home.ofThisUser().nativeCache());
    }
}
