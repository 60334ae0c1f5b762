package dev.tunefleet.common.studyfile;

import dev.tunefleet.common.space.Value;

/** The two ends of a range in a study file, the first not above the second. */
record Range(double low, double high) {

    static String text(double number) {
        return Value.of(number).toString();
    }
}
