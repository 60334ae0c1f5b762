package dev.tunefleet.coordinator.study;

import java.util.List;
import java.util.Optional;

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
 * @param resumedFrom the epochs that were done when the newest attempt was published
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
        return new TrialEntity(
                number,
                configuration,
                origin,
                changed,
                attempts,
                trainTo,
                resumedFrom,
                charges,
                checkpoint,
                result,
                rungs,
                stopping && changed instanceof TrialState.Running);
    }

    TrialEntity withAttempt(int attempt, int target, int from) {
        return new TrialEntity(
                number,
                configuration,
                origin,
                state,
                attempt,
                target,
                from,
                charges,
                checkpoint,
                result,
                rungs,
                stopping);
    }

    TrialEntity withTrainTo(int changed) {
        return new TrialEntity(
                number,
                configuration,
                origin,
                state,
                attempts,
                changed,
                resumedFrom,
                charges,
                checkpoint,
                result,
                rungs,
                stopping);
    }

    TrialEntity charged() {
        return new TrialEntity(
                number,
                configuration,
                origin,
                state,
                attempts,
                trainTo,
                resumedFrom,
                charges + 1,
                checkpoint,
                result,
                rungs,
                stopping);
    }

    /** With a checkpoint that is no older; a trial that gets on is no longer blamed for any worker. */
    TrialEntity withCheckpoint(Checkpoint changed) {
        return new TrialEntity(
                number,
                configuration,
                origin,
                state,
                attempts,
                trainTo,
                resumedFrom,
                changed.epoch() > resumedFrom ? 0 : charges,
                Optional.of(changed),
                result,
                rungs,
                stopping);
    }

    TrialEntity withResult(TrainingResult changed) {
        return new TrialEntity(
                number,
                configuration,
                origin,
                state,
                attempts,
                trainTo,
                resumedFrom,
                charges,
                checkpoint,
                Optional.of(changed),
                rungs,
                stopping);
    }

    TrialEntity withRungs(List<RungValue> changed) {
        return new TrialEntity(
                number,
                configuration,
                origin,
                state,
                attempts,
                trainTo,
                resumedFrom,
                charges,
                checkpoint,
                result,
                changed,
                stopping);
    }

    TrialEntity told() {
        return new TrialEntity(
                number,
                configuration,
                origin,
                state,
                attempts,
                trainTo,
                resumedFrom,
                charges,
                checkpoint,
                result,
                rungs,
                true);
    }

    /** The epochs that its newest checkpoint holds; 0 where there is none. */
    int checkpointEpochs() {
        return checkpoint.map(Checkpoint::epoch).orElse(0);
    }

    boolean confirmation() {
        return origin instanceof Origin.Confirmation;
    }
}
