package dev.tunefleet.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.tunefleet.local.fleet.Home;

/** {@code tunefleet run STUDY.yaml}. */
@Command(
        name = "run",
        description = {
            "Tunes the model that a study file asks for, on this machine.",
            "Starts a fleet, shows how it goes, writes the model and stops everything. Ctrl-C stops; the same command goes on."
        },
        mixinStandardHelpOptions = true)
final class RunVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "STUDY.yaml", description = "The study file.")
    private Path study;

    @Mixin
    private RunSettings settings;

    RunVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String command = Invocation.command() + " run " + study + settings.asArguments();
        return new StudyRun(settings.options(study), Home.ofThisUser(), settings.screen(screen), command).run();
    }
}
