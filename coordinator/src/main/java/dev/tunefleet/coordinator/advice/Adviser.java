package dev.tunefleet.coordinator.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.trial.Measurement;

/** Applies the guide's rules to a trial. */
public final class Adviser {

    /** A training loss that rises by a tenth from one epoch to the next is no fluctuation. */
    private static final double RISE = 0.1;

    /** Training is unstable when it rises so in this share of the epochs. */
    private static final double OFTEN = 0.25;

    private static final int FEWEST_RISES = 2;

    /** A trial that gains this share in its last epochs was not done. */
    private static final double GAINING = 0.03;

    private static final int LAST_EPOCHS = 3;

    /** A trial that gains less than this share in its last half stands still. */
    private static final double STANDING = 0.005;

    private static final int SHORTEST_PLATEAU = 8;

    /** A trial is slow when its epochs take so many times as long as the median. */
    private static final double SLOW = 3;

    private Adviser() {}

    /** What is to be said of a trial, gravest first; nothing where all is well. */
    public static List<Diagnosis> examine(Examination trial) {
        var found = new ArrayList<Diagnosis>();
        ended(trial).ifPresent(found::add);
        if (found.isEmpty()) {
            unstable(trial).ifPresent(found::add);
        }
        if (trial.curve().size() > LAST_EPOCHS) {
            progress(trial).ifPresent(found::add);
        }
        slow(trial).ifPresent(found::add);
        found.sort(Comparator.comparing(Diagnosis::finding));
        return List.copyOf(found);
    }

    private static Optional<Diagnosis> ended(Examination trial) {
        return switch (trial.ending()) {
            case OUT_OF_MEMORY ->
                Optional.of(new Diagnosis(
                        Diagnosis.Finding.OUT_OF_MEMORY,
                        "It needed more memory than a slot has.",
                        "Try a smaller batch, fewer units or a shorter sequence, or give workers more memory."));
            case DIVERGED ->
                Optional.of(new Diagnosis(
                        Diagnosis.Finding.DIVERGED,
                        trial.curve().isEmpty()
                                ? "Its loss became infinite in the first epoch."
                                : "Its loss became infinite after epoch "
                                        + trial.curve().getLast().epoch() + ".",
                        slower(trial)));
            case NONE, TRAINED, STOPPED_EARLY, CUT, FAILED -> Optional.empty();
        };
    }

    private static Optional<Diagnosis> unstable(Examination trial) {
        List<Measurement> curve = trial.curve();
        int rises = Curves.rises(curve, RISE);
        if (rises < FEWEST_RISES || rises < OFTEN * (curve.size() - 1)) {
            return Optional.empty();
        }
        return Optional.of(new Diagnosis(
                Diagnosis.Finding.UNSTABLE,
                "The training loss rose by more than 10 % after " + rises + " of " + (curve.size() - 1) + " epochs.",
                slower(trial)));
    }

    private static String slower(Examination trial) {
        double rate = trial.configuration().number(Guide.LEARNING_RATE);
        return String.format(Locale.ROOT, "Divide the learning rate by 10: %.2g instead of %.2g.", rate / 10, rate);
    }

    private static Optional<Diagnosis> progress(Examination trial) {
        List<Measurement> curve = trial.curve();
        Optional<String> overfit = Overfitting.evidence(Curves.result(curve));
        if (overfit.isPresent()) {
            return Optional.of(new Diagnosis(Diagnosis.Finding.OVERFIT, overfit.get(), simpler(trial)));
        }
        double gain = Curves.gain(curve, LAST_EPOCHS);
        if (gain > GAINING) {
            return unfinished(trial, gain);
        }
        int half = curve.size() / 2;
        if (curve.size() >= SHORTEST_PLATEAU && Curves.gain(curve, half) < STANDING) {
            return Optional.of(new Diagnosis(
                    Diagnosis.Finding.PLATEAU,
                    String.format(
                            Locale.ROOT,
                            "The lowest validation error fell by %.2g %% in the last %d epochs.",
                            100 * Curves.gain(curve, half),
                            half),
                    "More epochs would not help; try a smaller learning rate, or other units and layers."));
        }
        return Optional.empty();
    }

    private static Optional<Diagnosis> unfinished(Examination trial, double gain) {
        String evidence = String.format(
                Locale.ROOT,
                "The lowest validation error still fell by %.2g %% in the last %d epochs.",
                100 * gain,
                LAST_EPOCHS);
        return switch (trial.ending()) {
            case CUT ->
                Optional.of(new Diagnosis(
                        Diagnosis.Finding.STARVED, evidence, "It might be better with more epochs than it was given."));
            case TRAINED ->
                Optional.of(new Diagnosis(
                        Diagnosis.Finding.UNDERFIT,
                        evidence,
                        "Allow more epochs, or try a larger learning rate, more units or another layer."));
            case NONE, STOPPED_EARLY, DIVERGED, OUT_OF_MEMORY, FAILED -> Optional.empty();
        };
    }

    /** The guide's order: dropout first, then L2, then fewer units. */
    private static String simpler(Examination trial) {
        Configuration configuration = trial.configuration();
        double dropout = configuration.number(Guide.DROPOUT);
        if (dropout < 0.9 * greatest(trial.space().parameter(Guide.DROPOUT))) {
            return String.format(Locale.ROOT, "Raise the dropout above %.2g.", dropout);
        }
        if (configuration.value(Guide.L2) instanceof Value.Off) {
            return String.format(Locale.ROOT, "Add L2; a dropout of %.2g is not enough.", dropout);
        }
        return "Use fewer than " + configuration.whole(Guide.UNITS) + " units; dropout and L2 are not enough.";
    }

    private static double greatest(Parameter parameter) {
        return switch (parameter) {
            case Real real -> real.high();
            case Whole whole -> whole.high();
            case Switched switched -> switched.when().high();
            case Choice choice ->
                choice.options().stream()
                        .mapToDouble(option -> option instanceof Value.Quantity(double amount) ? amount : 0)
                        .max()
                        .orElseThrow();
        };
    }

    private static Optional<Diagnosis> slow(Examination trial) {
        if (trial.curve().isEmpty() || trial.others().isEmpty()) {
            return Optional.empty();
        }
        Examination.Others others = trial.others().get();
        double seconds = Curves.secondsPerEpoch(trial.curve());
        double value = Curves.best(trial.curve()).rankValue();
        if (seconds <= SLOW * others.secondsPerEpoch() || value < others.value()) {
            return Optional.empty();
        }
        return Optional.of(new Diagnosis(
                Diagnosis.Finding.TOO_SLOW,
                String.format(
                        Locale.ROOT,
                        "An epoch took %.3g s, the median is %.3g s, and its error of %.4g is no better than the median of %.4g.",
                        seconds,
                        others.secondsPerEpoch(),
                        value,
                        others.value()),
                "Try a larger batch than " + trial.configuration().value(Guide.BATCH_SIZE) + "."));
    }
}
