package dev.tunefleet.local.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.tunefleet.local.client.ImportanceView;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

/** A report as one HTML file that needs nothing beside it: no script, no other file, no network. */
final class ReportPage {

    private static final int CURVES = 6;
    private static final int ROWS = 15;
    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #8885; --soft: #8882; }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { margin-bottom: 0; } h2 { margin-top: 2.2rem; }
            table { border-collapse: collapse; } .wide { overflow-x: auto; }
            th, td { padding: .2rem .8rem .2rem 0; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
            td.words { white-space: normal; min-width: 16rem; }
            td { font-variant-numeric: tabular-nums; }
            svg { width: 100%; max-width: 60rem; font-size: 12px; } svg text { fill: currentColor; }
            svg .grid { stroke: var(--line); }
            .bar { display: inline-block; height: .7rem; background: #0072b2; } .bar.more { background: #0072b255; }
            .columns { display: flex; flex-wrap: wrap; gap: 0 4rem; }
            """;

    private final Findings findings;
    private final StudyView study;
    private final String metric;
    private final StringBuilder html = new StringBuilder();

    ReportPage(Findings findings) {
        this.findings = findings;
        this.study = findings.study();
        this.metric = study.spec()
                .map(spec -> spec.metric().name().toLowerCase(Locale.ROOT))
                .orElse("error");
    }

    String html() {
        html.setLength(0);
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\"")
                .append(" content=\"width=device-width\"><title>")
                .append(escaped(study.id()))
                .append("</title><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n");
        summary();
        best();
        advice();
        history();
        curves();
        importance();
        verdicts();
        trials();
        html.append("</body></html>\n");
        return html.toString();
    }

    private void summary() {
        heading(1, study.id());
        String counts = study.counts().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue() + " " + entry.getKey().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        paragraph("The study is " + study.state().toLowerCase(Locale.ROOT) + ": " + study.begun() + " trials ("
                + counts + "), " + study.epochs() + " epochs in " + Numbers.clock(study.secondsRunning()) + "."
                + study.reason().map(reason -> " " + reason).orElse(""));
    }

    private void best() {
        if (study.best().isEmpty()) {
            paragraph("No trial has a result yet.");
            return;
        }
        StudyView.Best best = study.best().get();
        heading(2, "Best configuration");
        html.append("<div class=\"columns\">");
        var parameters = new ArrayList<List<String>>();
        best.configuration().values().forEach((name, value) -> parameters.add(List.of(name, Numbers.parameter(value))));
        table(List.of("trial " + best.trial(), "epoch " + best.epoch()), parameters);
        var errors = new ArrayList<List<String>>();
        new TreeMap<>(best.metrics())
                .descendingMap()
                .forEach((name, value) -> errors.add(List.of("validation " + name, Numbers.error(value), "")));
        if (best.metrics().isEmpty()) {
            errors.add(List.of("validation " + metric, Numbers.error(best.value()), ""));
        }
        study.test().ifPresent(test -> {
            String name = metric.toUpperCase(Locale.ROOT);
            double model = test.metrics().getOrDefault(name, Double.NaN);
            errors.add(List.of("test " + name, Numbers.error(model), ""));
            for (StudyView.Baseline baseline : test.baselines()) {
                double naive = baseline.metrics().getOrDefault(name, Double.NaN);
                errors.add(List.of(
                        "test " + name + " of " + baseline.name(),
                        Numbers.error(naive),
                        Numbers.percent(1 - model / naive)));
            }
        });
        table(List.of("error", "", "the model is better by"), errors);
        html.append("</div>");
    }

    private void advice() {
        if (!findings.advice().isEmpty()) {
            heading(2, "What to do next");
            html.append("<ul>");
            findings.advice().forEach(each -> html.append("<li>")
                    .append(escaped(each.evidence() + " " + each.advice()))
                    .append("</li>"));
            html.append("</ul>\n");
        }
    }

    private void history() {
        var values = new ArrayList<double[]>();
        var leading = new ArrayList<double[]>();
        double lowest = Double.POSITIVE_INFINITY;
        for (TrialView trial : findings.trials().stream()
                .sorted(Comparator.comparingInt(TrialView::number))
                .toList()) {
            double value = trial.value().orElse(Double.NaN);
            values.add(new double[] {trial.number(), value});
            lowest = Double.isFinite(value) ? Math.min(lowest, value) : lowest;
            leading.add(new double[] {trial.number(), lowest});
        }
        chart(
                "How the search went",
                new ReportChart("trial").with("trial", values, false).with("best", leading, true));
    }

    private void curves() {
        var chart = new ReportChart("epoch");
        findings.examined().stream()
                .filter(trial -> trial.curve().size() > 1)
                .limit(CURVES)
                .forEach(trial -> chart.with(
                        "trial " + trial.number(),
                        trial.curve().stream()
                                .map(point -> new double[] {
                                    point.epoch(), point.validation().orElse(Double.NaN)
                                })
                                .toList(),
                        true));
        chart("Validation error of the best trials", chart);
    }

    private void chart(String title, ReportChart chart) {
        if (chart.drawable()) {
            heading(2, title);
            html.append(chart.svg()).append('\n');
        }
    }

    private void importance() {
        ImportanceView importance = findings.importance();
        if (importance.parameters().isEmpty()) {
            return;
        }
        heading(2, "Which parameters matter");
        paragraph(
                "Shares of the variation that the search predicts: dark by a parameter alone, light with the others.");
        html.append("<table>");
        for (ImportanceView.Share share : importance.parameters()) {
            html.append("<tr><td>")
                    .append(escaped(share.name()))
                    .append("</td><td>")
                    .append(Numbers.percent(share.total()))
                    .append("</td><td style=\"width:24rem\">");
            bar("bar", share.alone());
            bar("bar more", Math.max(0, share.total() - share.alone()));
            html.append("</td></tr>");
        }
        html.append("</table>\n");
        ImportanceVerb.trust(importance).forEach(this::paragraph);
    }

    private void bar(String kind, double share) {
        html.append(String.format(
                Locale.ROOT, "<span class=\"%s\" style=\"width:%.1f%%\"></span>", kind, 100 * Math.min(1, share)));
    }

    /** One row for each finding, with the first trial it was made on as an example. */
    private void verdicts() {
        Map<String, List<Findings.Verdict>> kinds = new LinkedHashMap<>();
        findings.verdicts().forEach(verdict -> kinds.computeIfAbsent(verdict.finding(), kind -> new ArrayList<>())
                .add(verdict));
        var rows = new ArrayList<List<String>>();
        kinds.values().stream()
                .sorted(Comparator.comparingInt(found -> -found.size()))
                .forEach(found -> rows.add(List.of(
                        found.getFirst().finding().toLowerCase(Locale.ROOT).replace('_', ' '),
                        Integer.toString(found.size()),
                        "Trial " + found.getFirst().trial() + ": "
                                + found.getFirst().evidence(),
                        found.getFirst().advice())));
        findings.trials().stream()
                .filter(trial -> trial.state().equals("FAILED"))
                .findFirst()
                .ifPresent(failed -> rows.add(List.of(
                        "failed",
                        Integer.toString(study.count("FAILED")),
                        "Trial " + failed.number() + ": " + failed.reason().orElse(""),
                        "")));
        if (!rows.isEmpty()) {
            heading(2, "Why trials were bad");
            table(List.of("finding", "trials", "for example", "advice"), rows);
        }
    }

    private void trials() {
        List<TrialView> best = findings.examined().stream()
                .filter(trial -> trial.value().isPresent())
                .limit(ROWS)
                .toList();
        if (best.isEmpty()) {
            return;
        }
        heading(2, "The best trials");
        List<String> names = best.getFirst().configuration().values().keySet().stream()
                .sorted()
                .toList();
        var heads = new ArrayList<>(List.of("trial", "state", metric, "epochs", "seconds"));
        heads.addAll(names);
        var rows = new ArrayList<List<String>>();
        for (TrialView trial : best) {
            var cells = new ArrayList<>(List.of(
                    Integer.toString(trial.number()),
                    trial.state().toLowerCase(Locale.ROOT),
                    Numbers.error(trial.value().orElseThrow()),
                    Integer.toString(trial.epoch()),
                    Numbers.error(trial.seconds().orElse(0))));
            names.forEach(
                    name -> cells.add(Numbers.parameter(trial.configuration().value(name))));
            rows.add(cells);
        }
        table(heads, rows);
    }

    private void heading(int level, String text) {
        html.append(String.format("<h%d>%s</h%d>\n", level, escaped(text), level));
    }

    private void paragraph(String text) {
        html.append("<p>").append(escaped(text)).append("</p>\n");
    }

    private void table(List<String> heads, List<List<String>> rows) {
        html.append("<div class=\"wide\"><table><tr>");
        heads.forEach(head -> html.append("<th>").append(escaped(head)).append("</th>"));
        html.append("</tr>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            row.forEach(cell -> html.append(cell.length() > 40 ? "<td class=\"words\">" : "<td>")
                    .append(escaped(cell))
                    .append("</td>"));
            html.append("</tr>\n");
        }
        html.append("</table></div>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
