package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tunefleet delete STUDY}. */
@Command(
        name = "delete",
        description = "Forgets a study with all its trials, for good; does not ask again.",
        mixinStandardHelpOptions = true)
final class DeleteVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "STUDY", description = "The name of the study.")
    private String study;

    @Mixin
    private ServerSettings server;

    DeleteVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        server.coordinator().delete(study);
        new Answer(screen, server.format()).tell("The study " + study + " is deleted.", Map.of("deleted", study));
        return Exit.DONE;
    }
}
