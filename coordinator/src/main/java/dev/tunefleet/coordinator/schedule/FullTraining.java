package dev.tunefleet.coordinator.schedule;

import java.util.List;
import java.util.Optional;

/** Every trial is trained to the end. */
record FullTraining(int epochs) implements Schedule {

    @Override
    public List<Integer> rungs() {
        return List.of(epochs);
    }

    @Override
    public int firstTarget() {
        return epochs;
    }

    @Override
    public void enter(int trial, int epochs, double value) {
        // Nobody is compared.
    }

    @Override
    public void pause(int trial, int epochs) {
        // Nobody is promoted.
    }

    @Override
    public void leave(int trial) {
        // Nobody waits.
    }

    @Override
    public Optional<Promotion> promotion() {
        return Optional.empty();
    }

    @Override
    public int promotable() {
        return 0;
    }

    @Override
    public boolean stops(int epochs, double value) {
        return false;
    }
}
