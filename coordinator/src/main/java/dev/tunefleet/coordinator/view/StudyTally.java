package dev.tunefleet.coordinator.view;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.tunefleet.coordinator.study.TrialEntity;
import dev.tunefleet.coordinator.study.TrialState;
import dev.tunefleet.coordinator.view.StudyFigures.Standing;

/** Counts the trials of a study by standing and knows which of them lie in the queue. O(1) for each change. */
final class StudyTally {

    private static final String NO_REASON = "none";

    private final Map<Standing, Integer> standings = new HashMap<>();
    /** By the trial's number, the oldest first. */
    private final Map<Integer, Instant> waiting = new LinkedHashMap<>();

    void changed(Optional<TrialEntity> before, TrialEntity after, Instant time) {
        before.ifPresent(trial ->
                standings.computeIfPresent(standing(trial.state()), (standing, count) -> count > 1 ? count - 1 : null));
        standings.merge(standing(after.state()), 1, Integer::sum);
        if (after.state() instanceof TrialState.Queued queued && queued.published()) {
            waiting.putIfAbsent(after.number(), time);
        } else {
            waiting.remove(after.number());
        }
    }

    void clear() {
        standings.clear();
        waiting.clear();
    }

    Map<Standing, Integer> standings() {
        return Map.copyOf(standings);
    }

    /** How many trials are in each phase; every phase is there. */
    Map<Phase, Integer> phases() {
        var phases = new EnumMap<Phase, Integer>(Phase.class);
        for (Phase phase : Phase.values()) {
            phases.put(phase, 0);
        }
        standings.forEach((standing, count) -> phases.merge(standing.phase(), count, Integer::sum));
        return phases;
    }

    int waiting() {
        return waiting.size();
    }

    Optional<Instant> oldestWaiting() {
        return waiting.values().stream().findFirst();
    }

    private static Standing standing(TrialState state) {
        return new Standing(
                Phase.of(state),
                switch (state) {
                    case TrialState.Infeasible infeasible -> infeasible.reason().name();
                    case TrialState.Failed failed -> failed.reason().name();
                    case TrialState.Queued ignored -> NO_REASON;
                    case TrialState.Running ignored -> NO_REASON;
                    case TrialState.Paused ignored -> NO_REASON;
                    case TrialState.Completed ignored -> NO_REASON;
                    case TrialState.Pruned ignored -> NO_REASON;
                    case TrialState.Cancelled ignored -> NO_REASON;
                });
    }
}
