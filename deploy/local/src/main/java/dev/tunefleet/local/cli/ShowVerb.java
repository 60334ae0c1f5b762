package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

/** {@code tunefleet show STUDY [TRIAL]}. */
@Command(
        name = "show",
        description = "Shows a study, or the curve of one of its trials.",
        mixinStandardHelpOptions = true)
final class ShowVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(index = "0", paramLabel = "STUDY", description = "The name of the study.")
    private String study;

    @Parameters(index = "1", arity = "0..1", paramLabel = "TRIAL", description = "The number of a trial.")
    private Integer trial;

    @Mixin
    private ServerSettings server;

    ShowVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Coordinator coordinator = server.coordinator();
        if (trial != null) {
            show(coordinator.trial(study, trial));
            return Exit.DONE;
        }
        StudyView view = coordinator.study(study);
        if (server.format() == ServerSettings.Format.TABLE && view.spec().isPresent()) {
            screen.lines(new Summary(screen, view.spec().get()).of(view));
        } else {
            new Answer(screen, server.format()).print(BestVerb.table(view), view);
        }
        return Exit.DONE;
    }

    private void show(TrialView view) {
        if (server.format() == ServerSettings.Format.TABLE) {
            screen.lines(TrialTable.of(List.of(view)).lines());
            screen.line("");
        }
        var curve = new Table(List.of("epoch", "train loss", "validation", "seconds"));
        for (TrialView.Point point : view.curve()) {
            curve.row(List.of(
                    Integer.toString(point.epoch()),
                    point.trainLoss().stream()
                            .mapToObj(Numbers::error)
                            .findFirst()
                            .orElse(""),
                    point.validation().stream()
                            .mapToObj(Numbers::error)
                            .findFirst()
                            .orElse(""),
                    point.seconds().stream()
                            .mapToObj(Numbers::error)
                            .findFirst()
                            .orElse("")));
        }
        new Answer(screen, server.format()).print(curve, view);
    }
}
