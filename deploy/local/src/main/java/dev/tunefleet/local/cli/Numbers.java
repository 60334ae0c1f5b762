package dev.tunefleet.local.cli;

import java.util.Locale;

import dev.tunefleet.common.space.Value;

/** Numbers and times as people read them. */
final class Numbers {

    private Numbers() {}

    /** Four significant digits: 0.02413, 12.5, 1.2e-05. */
    static String error(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size < 1e-4 || size >= 1e6) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        int decimals = Math.clamp(3 - (int) Math.floor(Math.log10(size)), 0, 7);
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    static String parameter(Value value) {
        return switch (value) {
            case Value.Quantity(double amount) when amount != Math.rint(amount) -> error(amount);
            case Value.Quantity quantity -> quantity.toString();
            case Value.Label label -> label.toString();
            case Value.Off off -> off.toString();
        };
    }

    static String percent(double fraction) {
        return Math.round(fraction * 100) + " %";
    }

    /** 0:07, 2:41, 1:02:03. */
    static String clock(double seconds) {
        long whole = Math.round(Math.max(0, seconds));
        long hours = whole / 3600;
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
