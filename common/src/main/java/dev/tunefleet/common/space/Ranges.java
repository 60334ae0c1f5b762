package dev.tunefleet.common.space;

/** The rules that every numeric range obeys. */
final class Ranges {

    private Ranges() {}

    static void check(String name, double low, double high, Scale scale) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a parameter must not be blank.");
        }
        if (!(low <= high) || !Double.isFinite(low) || !Double.isFinite(high)) {
            throw new IllegalArgumentException(
                    "The range (" + low + " to " + high + ") of parameter " + name + " must be finite and ascending.");
        }
        if (scale == Scale.LOG && low <= 0) {
            throw new IllegalArgumentException(
                    "The lower bound (" + low + ") of parameter " + name + " must be above 0 on a log scale.");
        }
    }
}
