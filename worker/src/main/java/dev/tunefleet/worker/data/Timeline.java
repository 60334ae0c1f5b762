package dev.tunefleet.worker.data;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** When the rows of a series are: a regular grid, or nothing known. Rows beyond the end have a time too. */
public sealed interface Timeline {

    /** Rows a fixed number of seconds apart. */
    record EverySeconds(LocalDateTime first, long step) implements Timeline {
        public EverySeconds {
            if (step < 1) {
                throw new IllegalArgumentException("The step (" + step + " s) of a timeline must be at least 1.");
            }
        }

        public LocalDateTime at(long row) {
            return first.plusSeconds(row * step);
        }
    }

    /** Rows a fixed number of calendar months apart. */
    record EveryMonths(LocalDateTime first, int step) implements Timeline {
        public EveryMonths {
            if (step < 1) {
                throw new IllegalArgumentException("The step (" + step + " months) of a timeline must be at least 1.");
            }
        }

        public LocalDateTime at(long row) {
            return first.plusMonths(row * step);
        }
    }

    /** Rows in order, without times. */
    record Unknown() implements Timeline {}

    /** How many days {@code rows} rows span; 0 where nothing is known. */
    default double days(int rows) {
        return switch (this) {
            case EverySeconds(LocalDateTime ignored, long step) -> rows * (double) step / 86_400;
            case EveryMonths(LocalDateTime ignored, int step) -> rows * (double) step * 365 / 12;
            case Unknown() -> 0;
        };
    }

    /** When {@code row} is, as data files have it; its number, from 1, where no times are known. */
    default String text(long row) {
        return switch (this) {
            case EverySeconds grid -> Times.text(grid.at(row).toEpochSecond(ZoneOffset.UTC));
            case EveryMonths grid -> Times.text(grid.at(row).toEpochSecond(ZoneOffset.UTC));
            case Unknown() -> Long.toString(row + 1);
        };
    }

    /** The step in words. */
    default String stepInWords() {
        return switch (this) {
            case EverySeconds(LocalDateTime ignored, long seconds) -> seconds(seconds);
            case EveryMonths(LocalDateTime ignored, int months) -> count(months, "month");
            case Unknown() -> "unknown";
        };
    }

    private static String seconds(long step) {
        if (step % 86_400 == 0) {
            return count(step / 86_400, "day");
        }
        if (step % 3_600 == 0) {
            return count(step / 3_600, "hour");
        }
        return step % 60 == 0 ? count(step / 60, "minute") : count(step, "second");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
