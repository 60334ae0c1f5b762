package dev.tunefleet.worker.data;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

import dev.tunefleet.common.spec.MissingValues;
import dev.tunefleet.worker.data.InvalidDataException.Place;

/** Finds the regular grid behind the times of a file, and what to do about the steps that are missing from it. */
final class Grid {

    private static final long SHORTEST_MONTH = 28 * 86_400L;

    private final String column;
    private final Times times;
    private final int[] lines;

    /**
     * @param column the name of the time column
     * @param lines [row] the line of the file on which the row stands
     */
    Grid(String column, Times times, int[] lines) {
        this.column = column;
        this.times = times;
        this.lines = lines;
    }

    /**
     * {@code series} on its grid, with missing steps filled where {@code missing} says so.
     *
     * @param mostCells the cells that the filled series may have
     * @throws InvalidDataException when there is no grid, or a step is missing and must not be, or too many are
     */
    Series fit(Series series, MissingValues missing, long mostCells) {
        Timeline timeline = timeline();
        int[] places = new int[times.rows()];
        for (int row = 1; row < places.length; row++) {
            long steps = steps(timeline, row, series.file());
            if (steps > 1 && missing == MissingValues.REFUSE) {
                throw gap(series.file(), row, steps - 1, timeline);
            }
            long place = places[row - 1] + steps;
            if ((place + 1) * Math.max(1, series.columns().size()) > mostCells) {
                throw new InvalidDataException(
                        place(series.file(), row),
                        "the time (" + Times.text(times.at(row)) + ") must leave at most " + mostCells
                                + " cells once missing rows are filled; " + (steps - 1) + " are missing before it.");
            }
            places[row] = (int) place;
        }
        int rows = places[places.length - 1] + 1;
        if (rows == places.length) {
            return new Series(
                    series.file(), series.columns(), series.values(), rows, timeline, series.carriedForward());
        }
        float[][] filled = new float[series.values().length][];
        for (int i = 0; i < filled.length; i++) {
            filled[i] = fill(series.values()[i], places, rows);
        }
        int added = (rows - places.length) * filled.length;
        return new Series(series.file(), series.columns(), filled, rows, timeline, series.carriedForward() + added);
    }

    private static float[] fill(float[] values, int[] places, int rows) {
        float[] filled = new float[rows];
        int next = 0;
        for (int row = 0; row < rows; row++) {
            if (next < places.length && places[next] == row) {
                next++;
            }
            filled[row] = values[next - 1];
        }
        return filled;
    }

    private Timeline timeline() {
        LocalDateTime first = Times.moment(times.at(0));
        Map<Long, Integer> counts = new HashMap<>();
        for (int row = 1; row < times.rows(); row++) {
            counts.merge(times.at(row) - times.at(row - 1), 1, Integer::sum);
        }
        long most = counts.entrySet().stream()
                .max(Map.Entry.<Long, Integer>comparingByValue().thenComparing(entry -> -entry.getKey()))
                .orElseThrow()
                .getKey();
        if (most >= SHORTEST_MONTH && counts.size() > 1) {
            LocalDateTime second = Times.moment(times.at(1));
            long months = ChronoUnit.MONTHS.between(first, second);
            if (months > 0 && first.plusMonths(months).equals(second)) {
                return new Timeline.EveryMonths(first, (int) months);
            }
        }
        return new Timeline.EverySeconds(first, most);
    }

    private long steps(Timeline timeline, int row, String file) {
        LocalDateTime before = Times.moment(times.at(row - 1));
        LocalDateTime now = Times.moment(times.at(row));
        long steps =
                switch (timeline) {
                    case Timeline.EverySeconds(LocalDateTime ignored, long step) -> {
                        long apart = times.at(row) - times.at(row - 1);
                        yield apart % step == 0 ? apart / step : 0;
                    }
                    case Timeline.EveryMonths(LocalDateTime first, int step) -> {
                        long whole = ChronoUnit.MONTHS.between(first, now);
                        boolean regular = first.plusMonths(whole).equals(now);
                        long apart = whole - ChronoUnit.MONTHS.between(first, before);
                        yield regular && apart % step == 0 ? apart / step : 0;
                    }
                    case Timeline.Unknown() -> 1;
                };
        if (steps < 1) {
            throw new InvalidDataException(
                    place(file, row),
                    "the time (" + Times.text(times.at(row)) + ") must be a whole number of steps ("
                            + timeline.stepInWords() + ") after that of the line before ("
                            + Times.text(times.at(row - 1)) + ").");
        }
        return steps;
    }

    private InvalidDataException gap(String file, int row, long absent, Timeline timeline) {
        return new InvalidDataException(
                place(file, row),
                "the time (" + Times.text(times.at(row)) + ") must be one step (" + timeline.stepInWords()
                        + ") after that of the line before (" + Times.text(times.at(row - 1)) + "); " + absent
                        + (absent == 1 ? " row is" : " rows are")
                        + " missing. Maybe you want missing: carry-forward, which repeats the last known values.");
    }

    private Place place(String file, int row) {
        return Place.cell(file, lines[row], column, Times.text(times.at(row)));
    }
}
