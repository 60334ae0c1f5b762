package dev.tunefleet.coordinator.schedule;

import java.util.List;

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
    public boolean stops(int epochs, double value) {
        return false;
    }
}
