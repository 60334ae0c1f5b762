package dev.tunefleet.coordinator.study;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.TrainingResult;

/** What training a trial brings, as a function of its seed alone: each execution of the trial sees the same. */
final class SimulatedTraining {

    /** How the training of a trial ends. */
    enum Fate {
        FINE,
        STOPS_EARLY,
        DIVERGES,
        BREAKS,
        /** It kills its worker each time. */
        POISONS
    }

    private final Fate fate;
    private final int fatalEpoch;
    private final double base;
    private final double slope;
    private final long seed;

    SimulatedTraining(long seed, int epochs) {
        var random = new SplittableRandom(seed);
        int draw = random.nextInt(100);
        fate = draw < 70
                ? Fate.FINE
                : draw < 85 ? Fate.STOPS_EARLY : draw < 92 ? Fate.DIVERGES : draw < 96 ? Fate.BREAKS : Fate.POISONS;
        fatalEpoch = 1 + random.nextInt(epochs);
        base = 0.1 + random.nextDouble();
        slope = random.nextDouble();
        this.seed = seed;
    }

    /** What becomes of epoch {@code epoch}. */
    Fate at(int epoch) {
        return epoch == fatalEpoch ? fate : Fate.FINE;
    }

    Measurement measurement(int epoch) {
        double stop = stopValue(epoch);
        int best = bestEpoch(epoch);
        OptionalDouble bestRank = best == epoch ? OptionalDouble.empty() : OptionalDouble.of(rankValue(best));
        return new Measurement(epoch, stop / 2, stop, rankValue(epoch), stopValue(best), 1, bestRank);
    }

    TrainingResult result(int epochs, boolean stoppedEarly) {
        int best = bestEpoch(epochs);
        double stop = stopValue(best);
        return new TrainingResult(
                epochs, best, stop, rankValue(best), stop / 2, stopValue(epochs), stop / 3, stoppedEarly, epochs);
    }

    static Scores scores(TrainingResult result) {
        return new Scores(Map.of(Metric.MSE, result.value()));
    }

    private int bestEpoch(int epochs) {
        int best = 1;
        for (int epoch = 2; epoch <= epochs; epoch++) {
            best = stopValue(epoch) < stopValue(best) ? epoch : best;
        }
        return best;
    }

    private double rankValue(int epoch) {
        return stopValue(epoch) + 0.01;
    }

    private double stopValue(int epoch) {
        return base + slope / epoch + 0.05 * new SplittableRandom(seed + epoch).nextDouble();
    }
}
