package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.tunefleet.local.client.ImportanceView;

/** {@code tunefleet importance STUDY}. */
@Command(
        name = "importance",
        description = "Shows which parameters matter in a study, and how far its search may be trusted.",
        mixinStandardHelpOptions = true)
final class ImportanceVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "STUDY", description = "The name of the study.")
    private String study;

    @Mixin
    private ServerSettings server;

    ImportanceVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ImportanceView view = server.coordinator().importance(study);
        if (view.parameters().isEmpty()) {
            screen.error("The study (" + study + ") must have five results before it is known which parameters matter."
                    + " Maybe it has not come that far, or most of its trials failed.");
            return Exit.REFUSED;
        }
        new Answer(screen, server.format()).print(table(view), view);
        if (server.format() == ServerSettings.Format.TABLE) {
            screen.line("");
            screen.lines(trust(view));
        }
        return Exit.DONE;
    }

    /** A parameter a row; shares of the variation that the model predicts over the whole space. */
    static Table table(ImportanceView view) {
        var table = new Table(List.of("parameter", "alone", "with the others"));
        view.parameters()
                .forEach(share -> table.row(
                        List.of(share.name(), Numbers.percent(share.alone()), Numbers.percent(share.total()))));
        return table;
    }

    /** How well the model knew what it had not been told, a sentence a line. */
    static List<String> trust(ImportanceView view) {
        var lines = new ArrayList<String>();
        if (view.agreement().isPresent() && view.coverage().isPresent()) {
            lines.add("Told the results of all configurations but one, the model ranks that one with correlation "
                    + correlation(view.agreement().getAsDouble()) + ", and "
                    + Numbers.percent(view.coverage().getAsDouble()) + " lie in its 90 % intervals" + judges(view)
                    + ".");
        } else {
            lines.add("How far the model may be trusted is known once three trials are fully trained; of "
                    + view.results() + " with results, " + view.judged().orElse(0) + " are.");
        }
        new TreeMap<>(view.rungs())
                .forEach((epochs, value) -> lines.add("Results after " + (epochs == 1 ? "1 epoch" : epochs + " epochs")
                        + " rank those at the highest rung reached with correlation " + correlation(value) + "."));
        return lines;
    }

    private static String judges(ImportanceView view) {
        return view.judged().isPresent()
                ? " (judged by " + view.judged().getAsInt() + " fully trained trials of " + view.results()
                        + " with results)"
                : " (" + view.results() + " results)";
    }

    private static String correlation(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
