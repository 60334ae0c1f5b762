package dev.tunefleet.common.trial;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a worker reports of one execution, in the order in which it happened. */
public sealed interface TrialEvent {

    Execution execution();

    default TrialId trial() {
        return execution().attempt().trial();
    }

    /** Whether this is the last event of its execution. */
    default boolean terminal() {
        return switch (this) {
            case TrialStarted ignored -> false;
            case TrialWaits ignored -> false;
            case DataPrepared ignored -> false;
            case TrialProgressed ignored -> false;
            case EpochMeasured ignored -> false;
            case CheckpointStored ignored -> false;
            case CheckpointGone ignored -> false;
            case RungReached ignored -> true;
            case TrialCompleted ignored -> true;
            case TrialFailed ignored -> true;
            case TrialReleased ignored -> true;
            case TrialStopped ignored -> true;
            case TestEvaluated ignored -> true;
        };
    }

    /** The worker begins the attempt. The first of an attempt that is folded, this or {@link TrialWaits}, owns it. */
    record TrialStarted(Execution execution) implements TrialEvent {}

    /**
     * The worker has taken an attempt that must be alone and begins it when the others have ended; sent as often as
     * {@link TrialProgressed} until {@link TrialStarted}.
     */
    record TrialWaits(Execution execution) implements TrialEvent {}

    /** The worker has the study's data and knows what it asks of every trial. */
    record DataPrepared(Execution execution, DataShape shape) implements TrialEvent {}

    /** The execution is alive; sent where nothing else was for 5 seconds. {@code epoch} counts finished epochs. */
    record TrialProgressed(Execution execution, int epoch) implements TrialEvent {}

    record EpochMeasured(Execution execution, Measurement measurement) implements TrialEvent {}

    record CheckpointStored(Execution execution, Checkpoint checkpoint) implements TrialEvent {}

    /** What the execution was to go on from cannot be had or cannot be gone on from, so that it has begun anew. */
    record CheckpointGone(Execution execution, Checkpoint checkpoint) implements TrialEvent {}

    /** The attempt was trained to its target epoch and may be promoted from {@code checkpoint}. */
    record RungReached(Execution execution, TrainingResult result, Checkpoint checkpoint) implements TrialEvent {}

    /** Training ended by itself or at the last epoch; {@code model} is the best epoch's. */
    record TrialCompleted(Execution execution, TrainingResult result, BlobRef model, Scores validation)
            implements TrialEvent {}

    /**
     * Training, or what comes before or after it, failed after {@code seconds} in a slot of {@code speed}. Of a long message only the
     * beginning is kept, so that it can always be sent.
     */
    record TrialFailed(Execution execution, FailureReason reason, String message, double seconds, OptionalDouble speed)
            implements TrialEvent {
        private static final int LONGEST_MESSAGE = 2_000;

        public TrialFailed {
            message = beginning(message);
            SlotSpeed.check(speed);
        }

        /** The longest beginning that is kept, which ends with a whole character. */
        private static String beginning(String message) {
            if (message.length() <= LONGEST_MESSAGE) {
                return message;
            }
            boolean half = Character.isHighSurrogate(message.charAt(LONGEST_MESSAGE - 1));
            return message.substring(0, half ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE);
        }

        /** In a slot whose speed nobody measured, or where it does not matter. */
        public TrialFailed(Execution execution, FailureReason reason, String message, double seconds) {
            this(execution, reason, message, seconds, OptionalDouble.empty());
        }
    }

    /** The worker is going away and gives the trial back. */
    record TrialReleased(Execution execution, Optional<Checkpoint> checkpoint) implements TrialEvent {}

    /** The execution ended because a directive said so; what it had reached by then, where an epoch was finished. */
    record TrialStopped(Execution execution, Optional<TrainingResult> result, Optional<Checkpoint> checkpoint)
            implements TrialEvent {}

    /** The winner was measured on the test part beside the naive baselines. */
    record TestEvaluated(Execution execution, Scores model, List<Baseline> baselines) implements TrialEvent {
        public TestEvaluated {
            baselines = List.copyOf(baselines);
        }
    }
}
