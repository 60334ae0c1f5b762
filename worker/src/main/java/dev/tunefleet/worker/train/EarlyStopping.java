package dev.tunefleet.worker.train;

import dev.tunefleet.common.trial.Measurement;

/**
 * What early stopping remembers: the best epoch so far and the epochs without a better one. Immutable.
 *
 * @param bestEpoch the epoch with the lowest stop value; 0 before the first
 * @param best what was measured in it
 * @param waited epochs since then
 */
record EarlyStopping(int bestEpoch, Measurement best, int waited) {

    private static final EarlyStopping BEGINNING = new EarlyStopping(
            0, new Measurement(0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0), 0);

    static EarlyStopping atTheBeginning() {
        return BEGINNING;
    }

    boolean improvedBy(Measurement measurement) {
        return measurement.stopValue() < best.stopValue();
    }

    EarlyStopping after(Measurement measurement) {
        return improvedBy(measurement)
                ? new EarlyStopping(measurement.epoch(), measurement, 0)
                : new EarlyStopping(bestEpoch, best, waited + 1);
    }

    boolean exhausted(int patience) {
        return waited >= patience;
    }
}
