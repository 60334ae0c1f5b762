package dev.tunefleet.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.tunefleet.local.client.StudyView;

/** {@code tunefleet submit STUDY.yaml}. */
@Command(
        name = "submit",
        description = {
            "Gives a study and its data to a running fleet and returns at once.",
            "The same study again changes nothing, with a larger budget it goes on."
        },
        mixinStandardHelpOptions = true)
final class SubmitVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "STUDY.yaml", description = "The study file.")
    private Path study;

    @Mixin
    private ServerSettings server;

    SubmitVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StudyOnDisk found = StudyOnDisk.read(study);
        StudyView view = found.submitTo(server.coordinator());
        String sentence = "The study " + view.id() + " is " + view.state() + ". See how it goes: "
                + Invocation.command() + " watch " + view.id();
        new Answer(screen, server.format()).tell(sentence, view);
        return Exit.DONE;
    }
}
