package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;

/** {@code tunefleet pause STUDY}. */
@Command(
        name = "pause",
        description = "Lets a study rest: what runs is stored, nothing new begins.",
        mixinStandardHelpOptions = true)
final class PauseVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "STUDY", description = "The name of the study.")
    private String study;

    @Mixin
    private ServerSettings server;

    PauseVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StudyView view = server.coordinator().ask(study, Coordinator.Wish.PAUSE);
        screen.line("The study " + study + " is " + view.state() + ".");
        return Exit.DONE;
    }
}
