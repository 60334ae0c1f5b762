package dev.tunefleet.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.local.client.StudyView;

/** The result of a study in lines for people. */
final class Summary {

    private static final List<String> METRICS = List.of("MSE", "MAE", "RMSE", "SMAPE", "MASE");

    private final Screen screen;
    private final StudySpec spec;

    Summary(Screen screen, StudySpec spec) {
        this.screen = screen;
        this.spec = spec;
    }

    List<String> of(StudyView study) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add(screen.bold(study.id()) + " " + ending(study) + ": " + study.begun() + " trials, " + study.epochs()
                + " epochs in " + Numbers.clock(study.secondsRunning())
                + "."
                + study.reason()
                        .filter(reason -> !reason.isBlank())
                        .map(reason -> " " + reason)
                        .orElse(""));
        study.best().ifPresent(best -> {
            lines.add("");
            lines.add(screen.bold("Best parameters") + " (trial " + best.trial() + ", epoch " + best.epoch() + ")");
            lines.addAll(parameters(best));
            lines.add("");
            lines.addAll(errors(study, best));
        });
        return lines;
    }

    static List<String> parameters(StudyView.Best best) {
        return best.configuration().values().entrySet().stream()
                .map(entry -> String.format("  %-16s %s", entry.getKey(), Numbers.parameter(entry.getValue())))
                .toList();
    }

    private static String ending(StudyView study) {
        return switch (study.state()) {
            case "COMPLETED" -> "is complete";
            case "STOPPED" -> "was stopped";
            case "FAILED" -> "failed";
            default -> "goes on";
        };
    }

    private List<String> errors(StudyView study, StudyView.Best best) {
        var table = new Table(heads());
        Map<String, Double> validation =
                best.metrics().isEmpty() ? Map.of(spec.metric().name(), best.value()) : best.metrics();
        table.row(row("validation", validation, ""));
        study.test().ifPresent(test -> {
            table.row(row("test", test.metrics(), ""));
            for (StudyView.Baseline baseline : test.baselines()) {
                table.row(row("  " + baseline.name(), baseline.metrics(), skill(test.metrics(), baseline.metrics())));
            }
        });
        return table.lines();
    }

    private static List<String> heads() {
        var heads = new ArrayList<>(List.of("error"));
        heads.addAll(METRICS);
        heads.add("the model is better by");
        return heads;
    }

    private static List<String> row(String name, Map<String, Double> metrics, String skill) {
        var cells = new ArrayList<String>();
        cells.add(name);
        METRICS.forEach(metric -> cells.add(metrics.containsKey(metric) ? Numbers.error(metrics.get(metric)) : ""));
        cells.add(skill);
        return cells;
    }

    /** One minus the ratio of the errors (Murphy 1988), on the study's own metric. */
    private String skill(Map<String, Double> model, Map<String, Double> baseline) {
        String metric = spec.metric().name();
        if (!model.containsKey(metric) || !baseline.containsKey(metric) || baseline.get(metric) == 0) {
            return "";
        }
        return Numbers.percent(1 - model.get(metric) / baseline.get(metric));
    }
}
