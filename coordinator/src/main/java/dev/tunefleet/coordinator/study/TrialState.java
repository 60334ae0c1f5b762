package dev.tunefleet.coordinator.study;

import java.util.OptionalDouble;
import java.util.UUID;

import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.SlotSpeed;

/**
 * Where a trial is in its life. The methods of a state are its legal transitions; a state without methods is final.
 *
 * <pre>
 * Queued  → Running | Paused (late, or put back) | Completed (late) | Infeasible (late) | Failed (lost too often) | Pruned | Cancelled
 * Running → Queued (lost, released) | Paused (rung) | Completed | Infeasible | Failed | Pruned | Cancelled
 * Paused  → Queued (promoted) | Pruned | Cancelled
 * </pre>
 */
public sealed interface TrialState {

    /** Whether the trial has its outcome. */
    default boolean terminal() {
        return !(this instanceof Unfinished);
    }

    /** Whether it ended without a model that could be used. */
    default boolean fruitless() {
        return this instanceof Infeasible || this instanceof Failed;
    }

    /** It has no outcome yet. */
    sealed interface Unfinished extends TrialState {
        default Pruned prune() {
            return new Pruned();
        }

        default Cancelled cancel() {
            return new Cancelled();
        }
    }

    /** It waits for an attempt or is in one: a report of a worker may end it. */
    sealed interface InFlight extends Unfinished {
        /** Without the attempt that it was in, so that it waits for the next. */
        default Queued withdraw() {
            return new Queued(false);
        }

        default Paused pause() {
            return new Paused();
        }

        default Completed complete(BlobRef model, Scores validation) {
            return new Completed(model, validation);
        }

        default Infeasible infeasible(FailureReason reason, String message, double seconds, OptionalDouble speed) {
            return new Infeasible(reason, message, seconds, speed);
        }

        default Failed fail(FailureReason reason, String message) {
            return new Failed(reason, message);
        }
    }

    /**
     * It waits.
     *
     * @param published whether its newest attempt lies in the queue for a worker to take
     */
    record Queued(boolean published) implements InFlight {
        Queued publish() {
            return new Queued(true);
        }

        Running start(UUID execution, String worker) {
            return new Running(execution, worker);
        }
    }

    /** {@code execution} of {@code worker} owns its newest attempt. */
    record Running(UUID execution, String worker) implements InFlight {}

    /** It has reached its target epoch and may be promoted. */
    record Paused() implements Unfinished {
        Queued promote() {
            return new Queued(false);
        }
    }

    /** It was trained as far as it could be. {@code model} is that of its best epoch. */
    record Completed(BlobRef model, Scores validation) implements TrialState {}

    /** It was not trained to the end because others were better, or because the study ended. */
    record Pruned() implements TrialState {}

    /** Its configuration cannot be trained, as was seen after {@code seconds} in a slot of {@code speed}; the search learns from it. */
    record Infeasible(FailureReason reason, String message, double seconds, OptionalDouble speed)
            implements TrialState {
        public Infeasible(FailureReason reason, String message, double seconds) {
            this(reason, message, seconds, OptionalDouble.empty());
        }

        /** What {@link #seconds} would have been in a slot of speed 1. */
        public double standardSeconds() {
            return SlotSpeed.standard(seconds, speed);
        }
    }

    /** It ended for a reason that says nothing of its configuration. */
    record Failed(FailureReason reason, String message) implements TrialState {}

    /** A user, or the end of the study before it had any result, took it back. */
    record Cancelled() implements TrialState {}
}
