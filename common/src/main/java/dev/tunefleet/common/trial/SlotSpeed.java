package dev.tunefleet.common.trial;

import java.util.OptionalDouble;

/**
 * How fast a slot trains, as a multiple of a fixed one, so that times of different machines can be compared. A slot of speed 1 does
 * {@value #REFERENCE} GFLOP/s in the loops that a worker times at its start.
 */
public final class SlotSpeed {

    /** In GFLOP/s; about what a core of a server of the year 2023 does. */
    public static final double REFERENCE = 100;

    private SlotSpeed() {}

    /** The speed of a slot whose loops do so many GFLOP/s. */
    public static double of(double gigaflops) {
        return gigaflops / REFERENCE;
    }

    /** What {@code seconds} in a slot of {@code speed} would have been in one of speed 1; unchanged where nobody measured it. */
    public static double standard(double seconds, OptionalDouble speed) {
        return seconds * speed.orElse(1);
    }

    static void check(OptionalDouble speed) {
        if (speed.isPresent() && !(speed.getAsDouble() > 0 && Double.isFinite(speed.getAsDouble()))) {
            throw new IllegalArgumentException(
                    "The speed (" + speed.getAsDouble() + ") of a slot must be finite and above 0.");
        }
    }
}
