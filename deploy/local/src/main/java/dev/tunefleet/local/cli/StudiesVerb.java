package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.tunefleet.local.client.StudyView;

/** {@code tunefleet studies}. */
@Command(name = "studies", description = "Lists the studies of a fleet.", mixinStandardHelpOptions = true)
final class StudiesVerb implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private ServerSettings server;

    StudiesVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<StudyView> studies = server.coordinator().studies();
        var table = new Table(List.of("study", "state", "trials", "running", "epochs", "best", "time"));
        for (StudyView study : studies) {
            table.row(List.of(
                    study.id(),
                    study.state(),
                    study.begun() + "/" + study.requested(),
                    Integer.toString(study.count("RUNNING")),
                    Long.toString(study.epochs()),
                    study.best().map(best -> Numbers.error(best.value())).orElse(""),
                    Numbers.clock(study.secondsRunning())));
        }
        new Answer(screen, server.format()).print(table, studies);
        return Exit.DONE;
    }
}
