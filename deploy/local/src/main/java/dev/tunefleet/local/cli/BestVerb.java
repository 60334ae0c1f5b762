package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.tunefleet.local.client.StudyView;

/** {@code tunefleet best STUDY}. */
@Command(name = "best", description = "Shows the best parameters of a study.", mixinStandardHelpOptions = true)
final class BestVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "STUDY", description = "The name of the study.")
    private String study;

    @Mixin
    private ServerSettings server;

    BestVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StudyView view = server.coordinator().study(study);
        if (view.best().isEmpty()) {
            screen.error("The study (" + study + ") must have a result to name the best; it has none yet.");
            return Exit.REFUSED;
        }
        new Answer(screen, server.format()).print(table(view), view.best().get());
        return Exit.DONE;
    }

    /** What is best, one name and value a row; no rows without a result. */
    static Table table(StudyView view) {
        var table = new Table(List.of("name", "value"));
        view.best().ifPresent(best -> {
            table.row(List.of("trial", Integer.toString(best.trial())));
            table.row(List.of("epoch", Integer.toString(best.epoch())));
            table.row(List.of("objective", Double.toString(best.value())));
            best.configuration().values().forEach((name, value) -> table.row(List.of(name, value.toString())));
        });
        return table;
    }
}
