package dev.tunefleet.coordinator.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.trial.Measurement;

/**
 * The measurements of a trial, epoch by epoch, packed. An attempt that begins at an earlier epoch replaces what was measured from
 * it on; any other measurement costs O(1). The rank value of an earlier epoch that comes with a measurement is not kept again.
 */
final class Curve {

    private static final int WIDTH = 6;
    private static final int STOP = 2;
    private static final int SECONDS = 5;
    private static final int FIRST_CAPACITY = 8 * WIDTH;

    /** Row-major, one row of {@link #WIDTH} numbers for each measured epoch. */
    private double[] rows = new double[0];

    private int size;
    private int attempt;
    private double seconds;
    /** The row with the lowest stop value; -1 where there is none. */
    private int best = -1;

    /** Takes what {@code attempt} measured; returns whether it was new, and not a report that came twice. */
    boolean add(int attempt, Measurement measured) {
        if (size > 0 && rows[(size - 1) * WIDTH] >= measured.epoch()) {
            if (attempt == this.attempt) {
                return false;
            }
            cut(measured.epoch());
        }
        this.attempt = attempt;
        if ((size + 1) * WIDTH > rows.length) {
            rows = Arrays.copyOf(rows, Math.max(FIRST_CAPACITY, rows.length * 2));
        }
        int at = size * WIDTH;
        rows[at] = measured.epoch();
        rows[at + 1] = measured.trainLoss();
        rows[at + STOP] = measured.stopValue();
        rows[at + 3] = measured.rankValue();
        rows[at + 4] = measured.bestStopValue();
        rows[at + SECONDS] = measured.seconds();
        count(size);
        size++;
        return true;
    }

    /** Forgets what was measured from {@code epoch} on. */
    private void cut(int epoch) {
        int kept = size;
        while (kept > 0 && rows[(kept - 1) * WIDTH] >= epoch) {
            kept--;
        }
        size = kept;
        seconds = 0;
        best = -1;
        for (int row = 0; row < size; row++) {
            count(row);
        }
    }

    private void count(int row) {
        seconds += rows[row * WIDTH + SECONDS];
        if (best < 0 || Double.compare(rows[row * WIDTH + STOP], rows[best * WIDTH + STOP]) < 0) {
            best = row;
        }
    }

    Progress progress() {
        return new Progress(
                size == 0 ? 0 : (int) rows[(size - 1) * WIDTH],
                seconds,
                best < 0 ? Optional.empty() : Optional.of(measurement(best)));
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
        return new Measurement(
                (int) rows[at], rows[at + 1], rows[at + STOP], rows[at + 3], rows[at + 4], rows[at + SECONDS]);
    }
}
