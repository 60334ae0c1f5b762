package dev.tunefleet.common.clock;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells when the clock of the system is set back. The clients of Kafka time what they do by that clock and never count it
 * backwards: where it is set back by an hour they send no sign of life for an hour, and only a new process helps. For one thread.
 */
public final class ClockWatch {

    private static final Duration HARMLESS = Duration.ofSeconds(5);

    private final LongSupplier milliseconds;
    private long latest;

    public ClockWatch() {
        this(System::currentTimeMillis);
    }

    ClockWatch(LongSupplier milliseconds) {
        this.milliseconds = milliseconds;
        this.latest = milliseconds.getAsLong();
    }

    /**
     * Looks at the clock; called every second or so.
     *
     * @throws IllegalStateException when it shows more than 5 s less than it did before
     */
    public void look() {
        long now = milliseconds.getAsLong();
        latest = Math.max(latest, now);
        var behind = Duration.ofMillis(latest - now);
        if (behind.compareTo(HARMLESS) > 0) {
            throw new IllegalStateException(
                    "The clock of the system must not be set back while a program runs, but was by "
                            + behind.toSeconds() + " s; the program has to be started again.");
        }
    }
}
