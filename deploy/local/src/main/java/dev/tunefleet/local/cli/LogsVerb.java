package dev.tunefleet.local.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.tunefleet.local.fleet.Home;

/** {@code tunefleet logs [PROGRAM]}. */
@Command(
        name = "logs",
        description = "Shows the last lines of what the programs of a fleet on this machine logged.",
        mixinStandardHelpOptions = true)
final class LogsVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(
            arity = "0..1",
            paramLabel = "PROGRAM",
            description = "broker, coordinator, worker-1 …; all of them by default.")
    private String program;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            defaultValue = UpVerb.USUAL_INSTANCE,
            description = "The fleet's instance: the study's name after \"run\"; ${DEFAULT-VALUE} by default.")
    private String instance;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many lines of each; ${DEFAULT-VALUE} by default.")
    private int count;

    LogsVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = Home.ofThisUser().instance(instance).resolve("logs");
        List<Path> files = logs(folder);
        if (files.isEmpty()) {
            throw new UserMistakeException("The instance (" + instance + ") must have logs"
                    + (program == null ? "" : " of " + program) + ", but " + folder + " has none. Instances are "
                    + Home.ofThisUser().instances() + ".");
        }
        for (Path file : files) {
            screen.line(screen.bold(file.toString()));
            List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            screen.lines(lines.subList(Math.max(0, lines.size() - count), lines.size()));
        }
        return Exit.DONE;
    }

    private List<Path> logs(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return program == null ? name.endsWith(".log") : name.equals(program + ".log");
                    })
                    .sorted()
                    .toList();
        }
    }
}
