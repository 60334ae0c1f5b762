package dev.tunefleet.common.spec;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * When a study ends; whichever limit is reached first ends it.
 *
 * @param trials how many configurations are tried, whatever becomes of them
 * @param time how long the study may run, pauses not counted
 * @param epochs how many epochs the best trials are trained for at most
 * @param parallel how many trials may run at once; empty means as many as there are slots
 * @param target the study ends as soon as the objective is at most this
 * @param patience the study ends after this many trials in a row without a better objective; empty means never
 * @param failures the study ends as failed after this many failed trials in a row
 */
public record Budget(
        int trials,
        Optional<Duration> time,
        int epochs,
        OptionalInt parallel,
        OptionalDouble target,
        OptionalInt patience,
        int failures) {

    public Budget {
        atLeastOne("trials", trials);
        atLeastOne("epochs", epochs);
        atLeastOne("failures", failures);
        parallel.ifPresent(value -> atLeastOne("parallel", value));
        patience.ifPresent(value -> atLeastOne("patience", value));
        time.ifPresent(value -> {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("The budget.time (" + value + ") of a study must be above 0.");
            }
        });
    }

    private static void atLeastOne(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "The budget." + field + " (" + value + ") of a study must be at least 1.");
        }
    }
}
