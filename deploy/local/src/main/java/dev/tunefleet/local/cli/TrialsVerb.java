package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.tunefleet.local.client.TrialView;

/** {@code tunefleet trials STUDY}. */
@Command(name = "trials", description = "Lists the trials of a study.", mixinStandardHelpOptions = true)
final class TrialsVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "STUDY", description = "The name of the study.")
    private String study;

    @Mixin
    private ServerSettings server;

    TrialsVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<TrialView> trials = server.coordinator().trials(study);
        new Answer(screen, server.format()).print(TrialTable.of(trials), trials);
        return Exit.DONE;
    }
}
