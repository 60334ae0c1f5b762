package dev.tunefleet.coordinator.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.tunefleet.common.trial.Measurement;

/** The measurements of a trial, epoch by epoch, packed. A repeated epoch replaces what was measured from it on. */
final class Curve {

    private static final int WIDTH = 6;
    private static final int FIRST_CAPACITY = 8 * WIDTH;

    /** Row-major, one row of {@link #WIDTH} numbers for each measured epoch. */
    private double[] rows = new double[0];

    private int size;

    void add(Measurement measured) {
        while (size > 0 && rows[(size - 1) * WIDTH] >= measured.epoch()) {
            size--;
        }
        if ((size + 1) * WIDTH > rows.length) {
            rows = Arrays.copyOf(rows, Math.max(FIRST_CAPACITY, rows.length * 2));
        }
        int at = size * WIDTH;
        rows[at] = measured.epoch();
        rows[at + 1] = measured.trainLoss();
        rows[at + 2] = measured.stopValue();
        rows[at + 3] = measured.rankValue();
        rows[at + 4] = measured.bestStopValue();
        rows[at + 5] = measured.seconds();
        size++;
    }

    /** Gives back what was kept free for further epochs. */
    void trim() {
        rows = Arrays.copyOf(rows, size * WIDTH);
    }

    List<Measurement> measurements() {
        var all = new ArrayList<Measurement>(size);
        for (int row = 0; row < size; row++) {
            all.add(measurement(row));
        }
        return all;
    }

    private Measurement measurement(int row) {
        int at = row * WIDTH;
        return new Measurement((int) rows[at], rows[at + 1], rows[at + 2], rows[at + 3], rows[at + 4], rows[at + 5]);
    }
}
