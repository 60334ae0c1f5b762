package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.tunefleet.local.client.FrontView;

/** {@code tunefleet pareto STUDY}. */
@Command(
        name = "pareto",
        description = "Lists the fully trained trials that no other beats in all objectives.",
        mixinStandardHelpOptions = true)
final class ParetoVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "STUDY", description = "The name of the study.")
    private String study;

    @Mixin
    private ServerSettings server;

    ParetoVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        FrontView view = server.coordinator().front(study);
        if (view.trials().isEmpty()) {
            screen.error("The study (" + study + ") must have a fully trained trial for a front; it has none yet.");
            return Exit.REFUSED;
        }
        new Answer(screen, server.format()).print(table(view), view);
        return Exit.DONE;
    }

    /** A trial a row: its values, then its parameters. */
    static Table table(FrontView view) {
        List<String> parameters = view.trials().getFirst().configuration().values().keySet().stream()
                .sorted()
                .toList();
        var heads = new ArrayList<>(List.of("trial"));
        view.objectives().forEach(name -> heads.add(asInStudyFiles(name)));
        heads.addAll(parameters);
        var table = new Table(heads);
        for (FrontView.Point point : view.trials()) {
            var cells = new ArrayList<>(List.of(Integer.toString(point.trial())));
            point.values().forEach(value -> cells.add(number(value)));
            parameters.forEach(
                    name -> cells.add(point.configuration().value(name).toString()));
            table.row(cells);
        }
        return table;
    }

    private static String asInStudyFiles(String objective) {
        return objective.equals("TRAINING_SECONDS") ? "trainingSeconds" : objective.toLowerCase(Locale.ROOT);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
