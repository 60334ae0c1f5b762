package dev.tunefleet.worker.train;

import java.util.OptionalDouble;

import dev.tunefleet.common.trial.Measurement;

/**
 * What early stopping remembers: the best epoch so far, the last one, and the epochs without a better one. Immutable.
 *
 * @param best what was measured in the epoch with the lowest stop value; epoch 0 before the first
 * @param last what was measured in the last epoch
 * @param waited epochs since the best one
 */
record EarlyStopping(Measurement best, Measurement last, int waited) {

    private static final Measurement NOTHING = new Measurement(
            0,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            0);

    static EarlyStopping atTheBeginning() {
        return new EarlyStopping(NOTHING, NOTHING, 0);
    }

    /** The lowest stop value when {@code stopValue} is measured next. */
    double bestWith(double stopValue) {
        return Math.min(best.stopValue(), stopValue);
    }

    /** The rank value of the best epoch when {@code stopValue} is measured next; empty where the next one is the best. */
    OptionalDouble bestRankWith(double stopValue) {
        return improvedBy(stopValue) ? OptionalDouble.empty() : OptionalDouble.of(best.rankValue());
    }

    boolean improvedBy(Measurement measurement) {
        return improvedBy(measurement.stopValue());
    }

    private boolean improvedBy(double stopValue) {
        return stopValue < best.stopValue();
    }

    EarlyStopping after(Measurement measurement) {
        return improvedBy(measurement)
                ? new EarlyStopping(measurement, measurement, 0)
                : new EarlyStopping(best, measurement, waited + 1);
    }

    boolean exhausted(int patience) {
        return waited >= patience;
    }
}
