package dev.tunefleet.local.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.local.client.Feed;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

/** What a person wants to see of a running study, gathered from its live feed. Thread-safe. */
final class Progress implements Feed.Listener {

    private static final double RATE_WINDOW_SECONDS = 30;
    private static final int BAR = 30;
    private static final int MOST_TRIALS = 8;
    private static final double TOO_EARLY = 0.02;

    private final StudySpec spec;
    private final Map<Integer, TrialView> running = new TreeMap<>();
    private final Deque<Sample> samples = new ArrayDeque<>();
    private Optional<StudyView> latest = Optional.empty();
    private double heardAt;

    private record Sample(double seconds, long epochs) {}

    Progress(StudySpec spec) {
        this.spec = spec;
    }

    @Override
    public void onStudy(StudyView study) {
        onStudy(study, System.nanoTime() / 1e9);
    }

    synchronized void onStudy(StudyView study, double now) {
        latest = Optional.of(study);
        heardAt = now;
        samples.addLast(new Sample(now, study.epochs()));
        while (samples.size() > 2 && now - samples.getFirst().seconds() > RATE_WINDOW_SECONDS) {
            samples.removeFirst();
        }
    }

    @Override
    public synchronized void onTrial(TrialView trial) {
        if (trial.state().equals("RUNNING")) {
            running.put(trial.number(), trial);
        } else {
            running.remove(trial.number());
        }
    }

    synchronized boolean ended() {
        return latest.map(StudyView::ended).orElse(false);
    }

    synchronized Optional<StudyView> latest() {
        return latest;
    }

    /** One line for a log; empty until something is known. */
    synchronized Optional<String> line(double now) {
        return latest.map(study -> {
            var text = new StringBuilder();
            text.append(Numbers.clock(seconds(study, now))).append("  ").append(headline(study));
            text.append("; ").append(states(study));
            study.best().ifPresent(best -> text.append("; best ")
                    .append(metric())
                    .append(' ')
                    .append(Numbers.error(best.value()))
                    .append(" (trial ")
                    .append(best.trial())
                    .append(')'));
            text.append("; ").append(rate());
            left(study, now)
                    .ifPresent(left ->
                            text.append("; about ").append(Numbers.clock(left)).append(" left"));
            return text.toString();
        });
    }

    /** The block for a terminal. */
    synchronized List<String> block(Screen screen, double now) {
        if (latest.isEmpty()) {
            return List.of("Waiting for the first trial …");
        }
        StudyView study = latest.get();
        var lines = new ArrayList<String>();
        String left = left(study, now).isPresent()
                ? ", about " + Numbers.clock(left(study, now).getAsDouble()) + " left"
                : "";
        lines.add(screen.bold(study.id()) + "  " + headline(study) + "  "
                + screen.dim(Numbers.clock(seconds(study, now)) + left));
        lines.add(bar(fraction(study, now)) + "  " + states(study) + screen.dim("  " + rate()));
        study.best()
                .ifPresentOrElse(
                        best -> lines.add(screen.green("best " + metric() + " " + Numbers.error(best.value()))
                                + "  trial " + best.trial() + ", epoch " + best.epoch() + ": "
                                + words(best.configuration())),
                        () -> lines.add("no result yet"));
        running.values().stream().limit(MOST_TRIALS).forEach(trial -> lines.add(screen.dim(trialLine(trial))));
        if (running.size() > MOST_TRIALS) {
            lines.add(screen.dim("  and " + (running.size() - MOST_TRIALS) + " more"));
        }
        return lines;
    }

    static String words(Configuration configuration) {
        return configuration.values().entrySet().stream()
                .map(entry -> entry.getKey() + " " + Numbers.parameter(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String trialLine(TrialView trial) {
        String value = trial.value().isPresent() ? Numbers.error(trial.value().getAsDouble()) : "…";
        return String.format(
                "  #%-4d epoch %3d/%-3d  %-9s  %s",
                trial.number(), trial.epoch(), trial.epochs(), value, words(trial.configuration()));
    }

    private String headline(StudyView study) {
        return switch (study.state()) {
            case "EVALUATING" -> "testing the best model";
            case "PAUSED" -> "paused, " + tried(study);
            case "COMPLETED", "STOPPED", "FAILED" -> "ended, " + tried(study);
            default -> tried(study);
        };
    }

    private String tried(StudyView study) {
        return study.begun() + " of " + spec.budget().trials() + " trials";
    }

    private static String states(StudyView study) {
        var parts = new ArrayList<String>();
        parts.add(study.count("RUNNING") + " running");
        add(parts, study.count("PAUSED"), "paused");
        add(parts, study.count("COMPLETED"), "complete");
        add(parts, study.count("PRUNED"), "pruned");
        add(parts, study.count("INFEASIBLE"), "infeasible");
        add(parts, study.count("FAILED"), "failed");
        add(parts, study.count("CANCELLED"), "cancelled");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String word) {
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }

    private String metric() {
        return spec.metric().name();
    }

    private String rate() {
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        double seconds = last.seconds() - first.seconds();
        double rate = seconds <= 0 ? 0 : (last.epochs() - first.epochs()) / seconds;
        return String.format(Locale.ROOT, "%.1f epochs/s", rate);
    }

    /** What the study ran before it was last heard of, and the time since where that counts. */
    private double seconds(StudyView study, double now) {
        return study.secondsRunning() + (rests(study) ? 0 : Math.max(0, now - heardAt));
    }

    private static boolean rests(StudyView study) {
        return study.ended() || study.state().equals("PAUSED");
    }

    private double fraction(StudyView study, double now) {
        Budget budget = spec.budget();
        double trials = (study.finished() + study.count("PAUSED")) / (double) budget.trials();
        double time = budget.time()
                .map(limit -> seconds(study, now) / limit.toSeconds())
                .orElse(0.0);
        return Math.clamp(Math.max(trials, time), 0, 1);
    }

    private OptionalDouble left(StudyView study, double now) {
        double fraction = fraction(study, now);
        if (rests(study) || fraction < TOO_EARLY) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(seconds(study, now) * (1 - fraction) / fraction);
    }

    private static String bar(double fraction) {
        int full = (int) Math.round(fraction * BAR);
        return "[" + "█".repeat(full) + "░".repeat(BAR - full) + "] " + Numbers.percent(fraction);
    }
}
