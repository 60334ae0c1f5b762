package dev.tunefleet.local.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.tunefleet.local.fleet.WorkerJvm;

/** A small program of the worker that takes over this terminal until it ends. */
record OtherProgram(String classPath, String mainClass) {

    /** The JVM has no option to leave this line out, and nobody who reads it can do anything about it. */
    private static final String NOISE = "WARNING: Using incubator modules";

    /** Without it what is logged on the way goes to the terminal, headed by a complaint that it is missing. */
    private static final String LOGGING = "-Djava.util.logging.manager=org.jboss.logmanager.LogManager";

    /** Runs it with {@code arguments}; returns its exit code. */
    int run(Screen screen, List<String> options, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(LOGGING, "-cp", classPath, mainClass));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(WorkerJvm.ENVIRONMENT);
        Process process = builder.start();
        try (BufferedReader errors = process.errorReader()) {
            for (String line = errors.readLine(); line != null; line = errors.readLine()) {
                if (!line.startsWith(NOISE)) {
                    screen.error(line);
                }
            }
        }
        return process.waitFor();
    }
}
