package dev.tunefleet.coordinator.study;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.TrainingResult;

/**
 * Everything that a study remembers of one trial, as it is stored. It changes when a state, an attempt, a rung or the
 * checkpoint changes, never by an epoch.
 *
 * @param number of the trial, from 0
 * @param attempts the number of the newest attempt; the study's attempt floor where there is none yet
 * @param trainTo the epochs that the newest attempt trains to
 * @param resumedFrom the epochs that were done when the newest attempt was published; 0 where it began anew
 * @param charges how many workers in a row it is blamed for, without any progress between
 * @param checkpoint the newest one of an owner
 * @param result the newest one, over all attempts
 * @param rungs what it had reached at each rung, by ascending epochs
 * @param stopping whether its owner has been told to stop
 */
public record TrialEntity(
        int number,
        Configuration configuration,
        Origin origin,
        TrialState state,
        int attempts,
        int trainTo,
        int resumedFrom,
        int charges,
        Optional<Checkpoint> checkpoint,
        Optional<TrainingResult> result,
        List<RungValue> rungs,
        boolean stopping) {

    public TrialEntity {
        rungs = List.copyOf(rungs);
    }

    /** A trial that nobody has been given yet. */
    static TrialEntity queued(int number, Configuration configuration, Origin origin, int attemptFloor, int trainTo) {
        return new TrialEntity(
                number,
                configuration,
                origin,
                new TrialState.Queued(false),
                attemptFloor,
                trainTo,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);
    }

    TrialEntity withState(TrialState changed) {
        return changed(edit -> {
            edit.state = changed;
            edit.stopping = stopping && changed instanceof TrialState.Running;
        });
    }

    TrialEntity withAttempt(int attempt, int target, int from) {
        return changed(edit -> {
            edit.attempts = attempt;
            edit.trainTo = target;
            edit.resumedFrom = from;
        });
    }

    TrialEntity withTrainTo(int changed) {
        return changed(edit -> edit.trainTo = changed);
    }

    TrialEntity charged() {
        return changed(edit -> edit.charges = charges + 1);
    }

    /** With a checkpoint that is no older; a trial that gets on is no longer blamed for any worker. */
    TrialEntity withCheckpoint(Checkpoint changed) {
        return changed(edit -> {
            edit.checkpoint = Optional.of(changed);
            edit.charges = changed.epoch() > resumedFrom ? 0 : charges;
        });
    }

    /** Without a checkpoint, and with an attempt that began at the beginning; results and rungs stay. */
    TrialEntity anew() {
        return changed(edit -> {
            edit.checkpoint = Optional.empty();
            edit.resumedFrom = 0;
        });
    }

    TrialEntity withResult(TrainingResult changed) {
        return changed(edit -> edit.result = Optional.of(changed));
    }

    TrialEntity withRungs(List<RungValue> changed) {
        return changed(edit -> edit.rungs = changed);
    }

    TrialEntity told() {
        return changed(edit -> edit.stopping = true);
    }

    private TrialEntity changed(Consumer<Edit> change) {
        var edit = new Edit(this);
        change.accept(edit);
        return edit.entity();
    }

    /** The epochs that its newest checkpoint holds; 0 where there is none. */
    int checkpointEpochs() {
        return checkpoint.map(Checkpoint::epoch).orElse(0);
    }

    /** The epochs of its newest result, which one that began anew has yet to reach again; 0 where there is none. */
    int trained() {
        return result.map(TrainingResult::epochs).orElse(0);
    }

    /** The epochs of the last rung that it has reached; 0 where there is none. */
    int lastRung() {
        return rungs.isEmpty() ? 0 : rungs.getLast().epochs();
    }

    boolean confirmation() {
        return origin instanceof Origin.Confirmation;
    }

    /** An entity being changed; never leaves this class. */
    private static final class Edit {
        private final TrialEntity before;
        private TrialState state;
        private int attempts;
        private int trainTo;
        private int resumedFrom;
        private int charges;
        private Optional<Checkpoint> checkpoint;
        private Optional<TrainingResult> result;
        private List<RungValue> rungs;
        private boolean stopping;

        Edit(TrialEntity before) {
            this.before = before;
            state = before.state;
            attempts = before.attempts;
            trainTo = before.trainTo;
            resumedFrom = before.resumedFrom;
            charges = before.charges;
            checkpoint = before.checkpoint;
            result = before.result;
            rungs = before.rungs;
            stopping = before.stopping;
        }

        TrialEntity entity() {
            return new TrialEntity(
                    before.number,
                    before.configuration,
                    before.origin,
                    state,
                    attempts,
                    trainTo,
                    resumedFrom,
                    charges,
                    checkpoint,
                    result,
                    rungs,
                    stopping);
        }
    }
}
