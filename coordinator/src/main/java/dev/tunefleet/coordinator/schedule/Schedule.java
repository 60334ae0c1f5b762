package dev.tunefleet.coordinator.schedule;

import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.spec.Scheduler;

/**
 * The standing of all trials of a study at each rung. Lower values are better. Not thread-safe; n calls cost at most
 * O(n log n), of which the first look after many arrivals may take all. What it holds depends on what it was told, not on the
 * order of it. Unless a schedule says otherwise, nobody waits at a rung and nobody is promoted.
 */
public sealed interface Schedule permits FullTraining, Asha, MedianStopping {

    /** The schedule that a study file asks for, with trials of at most {@code epochs}. */
    static Schedule of(Scheduler scheduler, int epochs) {
        return switch (scheduler) {
            case Scheduler.None() -> new FullTraining(epochs);
            case Scheduler.Asha(int eta, int minEpochs) -> new Asha(eta, minEpochs, epochs);
            case Scheduler.MedianStopping(int minEpochs, int minTrials) ->
                new MedianStopping(minEpochs, minTrials, epochs);
        };
    }

    /** The epochs at which values are compared, ascending; the last is the most that a trial is trained for. */
    List<Integer> rungs();

    /** The epochs that the first attempt of a trial trains to. */
    int firstTarget();

    /** Trial {@code trial} had reached {@code value} at the rung of {@code epochs}. */
    void enter(int trial, int epochs, double value);

    /** Trial {@code trial}, which has entered the rung of {@code epochs}, waits there. */
    default void pause(int trial, int epochs) {}

    /** Trial {@code trial} no longer waits anywhere; its values stay. */
    default void leave(int trial) {}

    /** The trial that deserves more epochs most, where one does. */
    default Optional<Promotion> promotion() {
        return Optional.empty();
    }

    /** How many trials that wait deserve more epochs now. */
    default int promotable() {
        return 0;
    }

    /** Whether a trial that runs on through the rung of {@code epochs} with {@code value} there had better stop. */
    boolean stops(int epochs, double value);

    /** How far the lowest rung foretells the highest; empty where nobody is chosen by it, too little is known, or enough. */
    default Optional<Foresight> foresight() {
        return Optional.empty();
    }

    /** Trial {@code trial} is to be trained to {@code trainTo} epochs. */
    record Promotion(int trial, int trainTo) {}
}
