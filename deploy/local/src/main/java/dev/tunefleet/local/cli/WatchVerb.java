package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;

/** {@code tunefleet watch STUDY}. */
@Command(
        name = "watch",
        description = "Shows how a study goes until it ends. Ctrl-C stops watching, not the study.",
        mixinStandardHelpOptions = true)
final class WatchVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "STUDY", description = "The name of the study.")
    private String study;

    @Option(names = "--plain", description = "Plain lines instead of a block that is written over.")
    private boolean plain;

    @Mixin
    private ServerSettings server;

    WatchVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Coordinator coordinator = server.coordinator();
        StudySpec spec = coordinator.study(study).spec().orElseThrow();
        Screen shown = plain ? screen.plain() : screen;
        StudyView ended = new Watch(coordinator, shown, spec).untilTheEnd(study, () -> {});
        shown.lines(new Summary(shown, spec).of(ended));
        return ended.state().equals("FAILED") ? Exit.REFUSED : Exit.DONE;
    }
}
