package dev.tunefleet.local.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

import picocli.CommandLine.Option;

/** The options of verbs that run a study on this machine. */
final class RunSettings {

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "How many worker processes; together they train as many trials at once as there are cores.")
    private Integer workers;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description = "Where the fleet keeps its data; by default a folder named like the study.")
    private String instance;

    @Option(names = "--output", paramLabel = "DIR", description = "Where the model goes; by default into the instance.")
    private Path output;

    @Option(names = "--plain", description = "Plain lines instead of a block that is written over.")
    private boolean plain;

    RunOptions options(Path study) {
        return new RunOptions(
                study,
                workers == null ? OptionalInt.empty() : OptionalInt.of(workers),
                Optional.ofNullable(instance),
                Optional.ofNullable(output));
    }

    Screen screen(Screen screen) {
        return plain ? screen.plain() : screen;
    }

    /** As they were typed, for a command to be typed again. */
    String asArguments() {
        return (workers == null ? "" : " --workers " + workers)
                + (instance == null ? "" : " --instance " + instance)
                + (output == null ? "" : " --output " + output)
                + (plain ? " --plain" : "");
    }
}
