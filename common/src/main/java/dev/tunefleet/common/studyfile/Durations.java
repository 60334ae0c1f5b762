package dev.tunefleet.common.studyfile;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 2d}, or ISO 8601's {@code PT10M}. */
public final class Durations {

    private static final Pattern PARTS = Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");

    private Durations() {}

    /** The time that {@code text} says, when it is above 0. */
    public static Optional<Duration> parse(String text) {
        String plain = text.replace(" ", "");
        Matcher parts = PARTS.matcher(plain);
        try {
            Duration duration = parts.matches()
                    ? Duration.ofDays(part(parts, 1))
                            .plusHours(part(parts, 2))
                            .plusMinutes(part(parts, 3))
                            .plusSeconds(part(parts, 4))
                    : Duration.parse(plain);
            return duration.isPositive() ? Optional.of(duration) : Optional.empty();
        } catch (DateTimeException | ArithmeticException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    /** The shortest text that {@link #parse} reads as {@code duration}. */
    static String write(Duration duration) {
        if (duration.getNano() != 0) {
            return duration.toString();
        }
        var text = new StringBuilder();
        append(text, duration.toDays(), 'd');
        append(text, duration.toHoursPart(), 'h');
        append(text, duration.toMinutesPart(), 'm');
        append(text, duration.toSecondsPart(), 's');
        return text.toString();
    }

    private static long part(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }

    private static void append(StringBuilder text, long amount, char unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
