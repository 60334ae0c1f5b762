package dev.tunefleet.worker.data;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** The time column while it is read: one second count per row, strictly rising. */
final class Times {

    static final String FORMS = "yyyy-MM-dd, yyyy-MM-dd HH:mm, yyyy-MM-dd HH:mm:ss (also with a T between) or yyyy-MM";

    private long[] seconds = new long[1024];
    private int rows;

    int rows() {
        return rows;
    }

    long at(int row) {
        return seconds[row];
    }

    long last() {
        return seconds[rows - 1];
    }

    void add(long second) {
        if (rows == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * rows);
        }
        seconds[rows++] = second;
    }

    static LocalDateTime moment(long second) {
        return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    }

    /** A time for messages: without its clock where that is midnight. */
    static String text(long second) {
        LocalDateTime moment = moment(second);
        return second % 86_400 == 0
                ? moment.toLocalDate().toString()
                : moment.toString().replace('T', ' ');
    }

    /**
     * Reads a date or a date with a clock time, as seconds since 1970 in the file's own local time.
     *
     * @throws IllegalArgumentException when it has none of the {@link #FORMS}
     */
    static long parse(String text) {
        String time = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
        int length = time.length();
        boolean dated = length >= 7 && time.charAt(4) == '-' && (length == 7 || length >= 10 && time.charAt(7) == '-');
        boolean clocked = length == 7
                || length == 10
                || (length == 16 || length == 19)
                        && (time.charAt(10) == ' ' || time.charAt(10) == 'T')
                        && time.charAt(13) == ':'
                        && (length == 16 || time.charAt(16) == ':');
        if (!dated || !clocked) {
            throw new IllegalArgumentException("a time must have the form " + FORMS);
        }
        try {
            return LocalDateTime.of(
                            digits(time, 0, 4),
                            digits(time, 5, 7),
                            length == 7 ? 1 : digits(time, 8, 10),
                            length < 16 ? 0 : digits(time, 11, 13),
                            length < 16 ? 0 : digits(time, 14, 16),
                            length < 19 ? 0 : digits(time, 17, 19))
                    .toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException impossible) {
            throw new IllegalArgumentException("a time must exist in the calendar", impossible);
        }
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalArgumentException("a time must have the form " + FORMS);
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
