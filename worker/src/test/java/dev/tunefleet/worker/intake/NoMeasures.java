package dev.tunefleet.worker.intake;

import java.util.function.IntSupplier;

/** Measures nothing. */
final class NoMeasures implements IntakeMeasures {

    @Override
    public void slots(int count, IntSupplier busy) {}

    @Override
    public void redelivered() {}

    @Override
    public void deadLettered() {}

    @Override
    public void executionEnded(String event, double seconds) {}
}
