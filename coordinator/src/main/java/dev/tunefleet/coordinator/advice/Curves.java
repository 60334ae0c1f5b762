package dev.tunefleet.coordinator.advice;

import java.util.List;

import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.TrainingResult;

/** What the rules read from a curve. */
final class Curves {

    private Curves() {}

    static Measurement best(List<Measurement> curve) {
        Measurement best = curve.getFirst();
        for (Measurement each : curve) {
            best = each.stopValue() < best.stopValue() ? each : best;
        }
        return best;
    }

    static TrainingResult result(List<Measurement> curve) {
        Measurement best = best(curve);
        Measurement last = curve.getLast();
        double seconds = curve.stream().mapToDouble(Measurement::seconds).sum();
        return new TrainingResult(
                last.epoch(),
                best.epoch(),
                best.stopValue(),
                best.rankValue(),
                best.trainLoss(),
                last.stopValue(),
                last.trainLoss(),
                false,
                seconds);
    }

    /** By what share of itself the lowest validation error fell over the last {@code epochs} epochs. */
    static double gain(List<Measurement> curve, int epochs) {
        double before = best(curve.subList(0, curve.size() - epochs)).stopValue();
        double after = Math.min(before, best(curve).stopValue());
        return before == 0 ? 0 : (before - after) / Math.abs(before);
    }

    /** How often the training loss rose by more than {@code share} from one epoch to the next. */
    static int rises(List<Measurement> curve, double share) {
        int rises = 0;
        for (int i = 1; i < curve.size(); i++) {
            if (curve.get(i).trainLoss() > curve.get(i - 1).trainLoss() * (1 + share)) {
                rises++;
            }
        }
        return rises;
    }

    static double secondsPerEpoch(List<Measurement> curve) {
        return curve.stream().mapToDouble(Measurement::seconds).average().orElse(0);
    }
}
