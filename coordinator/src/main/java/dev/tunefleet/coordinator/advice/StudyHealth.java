package dev.tunefleet.coordinator.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;

/** Looks at all results of a study at once. Lower values are better. */
public final class StudyHealth {

    private static final int FEWEST_TRIALS = 10;

    /** The best are the best fifth. */
    private static final int BEST_SHARE = 5;

    /** Within this share of its range, on its scale, a value lies on the edge. */
    private static final double EDGE = 0.05;

    /** The best crowd at an edge when this share of them lies there. */
    private static final double CROWD = 0.75;

    /** An objective is flat when its middle half differs by less than this share of its median. */
    private static final double FLAT = 0.01;

    private StudyHealth() {}

    /** What is to be said where {@code trials} trials had at most this rank correlation between their first epochs and their last. */
    public static Concern misled(int trials, double correlation) {
        return new Concern(
                Concern.Kind.EARLY_EPOCHS_MISLEAD,
                String.format(
                        Locale.ROOT,
                        "Over %d trials the order after the first epochs and after the last had a rank correlation of at most %.2f.",
                        trials,
                        correlation),
                "Since then every trial is trained to the end; in a new study, set search.scheduler to none or"
                        + " search.minEpochs higher.");
    }

    /** A configuration and the objective that was reached with it. */
    public record Result(Configuration configuration, double value) {}

    /**
     * What is to be said of a study with these results.
     *
     * @param results one for each trial with a result
     * @param repeats for each configuration that was trained with several seeds, its objectives
     * @param naive the error of the best forecaster without training on the same part, where it is known
     */
    public static List<Concern> examine(
            SearchSpace space, List<Result> results, List<List<Double>> repeats, OptionalDouble naive) {
        var found = new ArrayList<Concern>();
        List<Result> sorted = results.stream()
                .sorted(Comparator.comparingDouble(Result::value))
                .toList();
        if (sorted.isEmpty()) {
            return List.of();
        }
        naive(sorted.getFirst().value(), naive).ifPresent(found::add);
        if (sorted.size() >= FEWEST_TRIALS) {
            List<Result> best = sorted.subList(0, Math.max(4, sorted.size() / BEST_SHARE));
            space.parameters().forEach(parameter -> edge(parameter, best).ifPresent(found::add));
            flat(sorted).ifPresent(found::add);
            noise(sorted, repeats).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    private static Optional<Concern> naive(double best, OptionalDouble naive) {
        if (naive.isEmpty() || best < naive.getAsDouble()) {
            return Optional.empty();
        }
        return Optional.of(new Concern(
                Concern.Kind.NO_BETTER_THAN_NAIVE,
                String.format(
                        Locale.ROOT,
                        "The best error is %.4g; a forecaster without training has %.4g.",
                        best,
                        naive.getAsDouble()),
                "Check the data and the horizon; try other inputs or longer sequences."));
    }

    private static Optional<Concern> edge(Parameter parameter, List<Result> best) {
        List<Double> places = best.stream()
                .flatMap(result -> place(parameter, result.configuration().value(parameter.name())).stream())
                .toList();
        long low = places.stream().filter(place -> place <= EDGE).count();
        long high = places.stream().filter(place -> place >= 1 - EDGE).count();
        long crowd = Math.max(low, high);
        if (crowd < CROWD * best.size()) {
            return Optional.empty();
        }
        String side = low > high ? "lower" : "upper";
        return Optional.of(new Concern(
                Concern.Kind.BEST_ON_AN_EDGE,
                crowd + " of the best " + best.size() + " trials lie on the " + side + " edge of " + parameter.name()
                        + " (" + parameter.describe() + ").",
                "Widen the range of " + parameter.name() + " at its " + side + " end."));
    }

    /** Where a value lies in the range of its parameter, from 0 to 1; empty where it has no place. */
    private static Optional<Double> place(Parameter parameter, Value value) {
        if (!(value instanceof Value.Quantity(double amount))) {
            return Optional.empty();
        }
        return switch (parameter) {
            case Real real -> between(amount, real.low(), real.high(), real.scale());
            case Switched switched -> place(switched.when(), value);
            case Whole whole ->
                whole.count() < 4 ? Optional.empty() : between(amount, whole.low(), whole.high(), whole.scale());
            case Choice ignored -> Optional.empty();
        };
    }

    private static Optional<Double> between(double amount, double low, double high, Scale scale) {
        if (low == high) {
            return Optional.empty();
        }
        return Optional.of(
                switch (scale) {
                    case LINEAR -> (amount - low) / (high - low);
                    case LOG -> Math.log(amount / low) / Math.log(high / low);
                });
    }

    private static Optional<Concern> flat(List<Result> sorted) {
        double median = sorted.get(sorted.size() / 2).value();
        double spread = sorted.get(3 * sorted.size() / 4).value()
                - sorted.get(sorted.size() / 4).value();
        if (median == 0 || spread >= FLAT * Math.abs(median)) {
            return Optional.empty();
        }
        return Optional.of(new Concern(
                Concern.Kind.FLAT_OBJECTIVE,
                String.format(
                        Locale.ROOT, "The middle half of all trials differs by %.2g around %.4g.", spread, median),
                "What is tuned hardly matters here; look at the data, or stop."));
    }

    private static Optional<Concern> noise(List<Result> sorted, List<List<Double>> repeats) {
        List<List<Double>> several =
                repeats.stream().filter(values -> values.size() > 1).toList();
        if (several.isEmpty()) {
            return Optional.empty();
        }
        double variance =
                several.stream().mapToDouble(StudyHealth::variance).average().orElseThrow();
        double noise = Math.sqrt(variance);
        double effect =
                sorted.get(sorted.size() / 2).value() - sorted.getFirst().value();
        if (noise <= effect) {
            return Optional.empty();
        }
        return Optional.of(new Concern(
                Concern.Kind.NOISE_LARGER_THAN_EFFECT,
                String.format(
                        Locale.ROOT,
                        "Another seed changes the error by %.2g, the best trial is %.2g below the median.",
                        noise,
                        effect),
                "Confirm more trials with other seeds before you trust the winner."));
    }

    /** The unbiased variance of two values or more. */
    private static double variance(List<Double> values) {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        Stream<Double> squares = values.stream().map(value -> (value - mean) * (value - mean));
        return squares.mapToDouble(Double::doubleValue).sum() / (values.size() - 1);
    }
}
