package dev.tunefleet.local.fleet;

import java.util.List;

/**
 * What a fleet is started with.
 *
 * @param workers how many worker processes; none where others take the trials
 * @param slots how many trials each worker trains at once
 * @param studies the studies it is started for, as others are told; may be empty
 */
public record FleetPlan(int workers, int slots, List<String> studies) {

    private static final int MOST_WORKERS = 100;
    private static final int USUAL_WORKERS = 2;

    public FleetPlan {
        studies = List.copyOf(studies);
        if (workers < 0 || workers > MOST_WORKERS) {
            throw new IllegalArgumentException("The workers (" + workers + ") of a fleet must be from 1 to 100.");
        }
        if (slots < 1) {
            throw new IllegalArgumentException("The slots (" + slots + ") of a worker must be at least 1.");
        }
    }

    /** As many slots on {@code cores} cores as train without taking time from each other. */
    public static FleetPlan of(int workers, int cores, List<String> studies) {
        if (workers < 1) {
            throw new IllegalArgumentException("The workers (" + workers + ") of a fleet must be from 1 to 100.");
        }
        return new FleetPlan(workers, Math.max(1, cores / workers), studies);
    }

    /** A broker and a coordinator alone. */
    public static FleetPlan withoutWorkers(List<String> studies) {
        return new FleetPlan(0, 1, studies);
    }

    /** Two workers, so that the death of one leaves one; a single one on a single core. */
    public static int usualWorkers(int cores) {
        return Math.clamp(cores, 1, USUAL_WORKERS);
    }
}
