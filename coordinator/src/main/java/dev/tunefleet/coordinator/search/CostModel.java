package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.tunefleet.coordinator.gp.Acquisition;
import dev.tunefleet.coordinator.gp.Linear;
import dev.tunefleet.coordinator.gp.LogExpectedImprovement;
import dev.tunefleet.coordinator.gp.LogProbability;
import dev.tunefleet.coordinator.gp.MeanTerm;
import dev.tunefleet.coordinator.gp.Posterior;

/**
 * How long a full training takes: a process of the logarithm of its seconds. A trial that ran out of time is right-censored:
 * its target is replaced by what the model expects above its limit until both agree (Schmee and Hahn 1979).
 */
final class CostModel {

    /** The timings that the process holds at most, and by how many the oldest of them go at once. */
    private static final Window WINDOW = new Window(200, 50);

    private static final int ROUNDS = 4;

    /** The least by which a trial that was ended would have exceeded its limit, and how sharp the limit is: logarithms. */
    private static final double OVERRUN = 0.25;

    private static final double SHARPNESS = 0.05;

    private record Timing(Observation observation, double logSeconds, boolean censored) {}

    private final Posterior posterior;
    private final double centre;
    private final double limit;

    private CostModel(Posterior posterior, double centre, double limit) {
        this.posterior = posterior;
        this.centre = centre;
        this.limit = limit;
    }

    /** Learns from the trials with known seconds; empty where there are fewer than two or nobody would ask. */
    static Optional<CostModel> of(SearchView view, Layout layout, HyperMemo memo) {
        List<Timing> timings = timings(view);
        boolean censored = timings.stream().anyMatch(Timing::censored);
        if (timings.size() < 2 || !censored && !view.costAware()) {
            return Optional.empty();
        }
        // Of the timings that hyperparameters are fitted to, so that a further one leaves the targets of these as they
        // are.
        double centre = timings.stream()
                .limit(HyperMemo.fitted(timings.size()))
                .mapToDouble(Timing::logSeconds)
                .average()
                .orElseThrow();
        double limit = timings.stream()
                .filter(Timing::censored)
                .mapToDouble(Timing::logSeconds)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
        double[] targets =
                timings.stream().mapToDouble(each -> each.logSeconds() - centre).toArray();
        Posterior posterior = fit(layout, memo, timings, targets);
        for (int round = 0; censored && round < ROUNDS; round++) {
            impute(layout, posterior, timings, targets, centre);
            posterior = new Posterior(posterior.process(), targets);
        }
        return Optional.of(new CostModel(posterior, centre, limit));
    }

    private static List<Timing> timings(SearchView view) {
        var timings = new ArrayList<Timing>();
        for (Observation each : view.observations()) {
            if (each.outcome() instanceof Outcome.Measured measured && measured.seconds() > 0) {
                double epochs = Math.min(measured.last().epochs(), view.fullEpochs());
                timings.add(new Timing(each, Math.log(measured.seconds() * view.fullEpochs() / epochs), false));
            } else if (each.outcome() instanceof Outcome.TimedOut(double seconds) && seconds > 0) {
                timings.add(new Timing(each, Math.log(seconds), true));
            }
        }
        timings.sort(Comparator.comparingLong(each -> each.observation().trial()));
        return WINDOW.newest(timings);
    }

    private static Posterior fit(Layout layout, HyperMemo memo, List<Timing> timings, double[] targets) {
        var samples = new ArrayList<HyperMemo.Sample>();
        for (int i = 0; i < targets.length; i++) {
            samples.add(layout.sample(timings.get(i).observation().configuration(), targets[i]));
        }
        return memo.posterior(layout.embedding().features(), samples);
    }

    /** Replaces each censored target by the mean, above its limit, of what is predicted there. */
    private static void impute(
            Layout layout, Posterior posterior, List<Timing> timings, double[] targets, double centre) {
        double noise = posterior.process().hyperparameters().noise()[0];
        for (int i = 0; i < targets.length; i++) {
            if (timings.get(i).censored()) {
                double[] mean = new double[1];
                double[] variance = new double[1];
                double[] features = layout.full(timings.get(i).observation().configuration());
                posterior.predict(new double[][] {features}, 1, mean, variance);
                double deviation = Math.sqrt(variance[0] + noise);
                double above = (timings.get(i).logSeconds() - centre - mean[0]) / deviation;
                // The mean of a normal variable above a bound a: φ(a) / Φ(-a), which is the slope of log Φ at -a.
                double expected = mean[0] + deviation * LogExpectedImprovement.logCdfSlope(-above);
                targets[i] = Math.max(expected, timings.get(i).logSeconds() - centre + OVERRUN);
            }
        }
    }

    /** Minus {@code cooling} times the log of the expected seconds: improvement per second to that power. */
    Acquisition perSecond(double cooling) {
        return new MeanTerm(posterior, new Linear(-cooling));
    }

    /** The log probability to end within the limit that ended others; empty where no trial ran out of time. */
    Optional<Acquisition> inTime() {
        if (Double.isInfinite(limit)) {
            return Optional.empty();
        }
        return Optional.of(new MeanTerm(posterior, new LogProbability(-1, centre - limit, SHARPNESS)));
    }
}
