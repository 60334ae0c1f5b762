package dev.tunefleet.coordinator.view;

import dev.tunefleet.coordinator.study.TrialState;

/** The name of a trial's state. */
public enum Phase {
    QUEUED,
    RUNNING,
    PAUSED,
    COMPLETED,
    PRUNED,
    INFEASIBLE,
    FAILED,
    CANCELLED;

    public static Phase of(TrialState state) {
        return switch (state) {
            case TrialState.Queued ignored -> QUEUED;
            case TrialState.Running ignored -> RUNNING;
            case TrialState.Paused ignored -> PAUSED;
            case TrialState.Completed ignored -> COMPLETED;
            case TrialState.Pruned ignored -> PRUNED;
            case TrialState.Infeasible ignored -> INFEASIBLE;
            case TrialState.Failed ignored -> FAILED;
            case TrialState.Cancelled ignored -> CANCELLED;
        };
    }
}
