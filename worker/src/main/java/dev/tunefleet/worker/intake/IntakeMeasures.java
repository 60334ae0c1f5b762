package dev.tunefleet.worker.intake;

import java.util.function.IntSupplier;

/** What the intake tells the meters. */
public interface IntakeMeasures {

    void slots(int count, IntSupplier busy);

    /** A record came that had been handed out before. */
    void redelivered();

    /** A record could not be read. */
    void deadLettered();

    /** An execution ended; {@code event} is the simple name of its last event. */
    void executionEnded(String event, double seconds);
}
