package dev.tunefleet.coordinator.study;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.Baseline;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.DataShape;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.TrainingResult;

/**
 * Something that happened to a study. The journal is the sequence of its facts, each under the study's key and with the time
 * in its record; folding them from the beginning gives the study.
 */
public sealed interface Fact {

    /** Whether folding this fact changes something that is stored of a study that exists. */
    default boolean stored() {
        return !(this instanceof EpochMeasured || this instanceof LateEventIgnored);
    }

    /** The longest text in a fact, in characters. What workers and studies say may have any length, a record may not. */
    int LONGEST_TEXT = 2000;

    private static String bounded(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        // No half character at the end.
        boolean half = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 2));
        return text.substring(0, half ? LONGEST_TEXT - 2 : LONGEST_TEXT - 1) + "…";
    }

    // The study.

    /** @param attemptFloor attempts up to this number belong to a deleted study of the same name */
    record StudyCreated(StudySpec spec, BlobRef dataset, int attemptFloor) implements Fact {}

    record StudyPaused() implements Fact {}

    record StudyResumed() implements Fact {}

    record StudyExtended(Budget budget) implements Fact {}

    /** No more configurations are tried. */
    record StudyEnding(EndReason reason) implements Fact {}

    record StudyCompleted() implements Fact {}

    record StudyFailed(String reason) implements Fact {
        public StudyFailed {
            reason = bounded(reason);
        }
    }

    record StudyDeleted() implements Fact {}

    /** The study has run for {@code total}; recorded every few seconds. */
    record TimeSpent(Duration total) implements Fact {}

    // Requests.

    /** What became of a request. */
    sealed interface Answer extends Fact {
        RequestId request();
    }

    /** @param place of its command, where that is known */
    record RequestAnswered(RequestId request, Optional<Place> place) implements Answer {
        public RequestAnswered(RequestId request) {
            this(request, Optional.empty());
        }
    }

    /** @param place of its command, where that is known */
    record RequestRefused(RequestId request, String reason, Optional<Place> place) implements Answer {
        public RequestRefused {
            reason = bounded(reason);
        }

        public RequestRefused(RequestId request, String reason) {
            this(request, reason, Optional.empty());
        }
    }

    // Suggestions.

    /** The search is asked; whoever sees this fact committed may answer with {@link Command.OfferSuggestions}. */
    record SuggestionsRequested(SuggestionRequest request) implements Fact {}

    /** The answer to request {@code number} is in; {@code suggestions} are those that were new. */
    record SuggestionsAccepted(long number, List<Suggestion> suggestions) implements Fact {
        public SuggestionsAccepted {
            suggestions = List.copyOf(suggestions);
        }
    }

    /** Waiting suggestions with these numbers are not tried. */
    record SuggestionsDropped(List<Long> numbers) implements Fact {
        public SuggestionsDropped {
            numbers = List.copyOf(numbers);
        }
    }

    /** Overfitting was seen; from now on the search may use L2. */
    record L2Opened(L2Opening opening) implements Fact {}

    /** Early rungs misled; from now on every trial is trained to the end. */
    record HalvingEnded(HalvingEnd end) implements Fact {}

    /** A worker has read the study's data; told once. */
    record DataMeasured(DataShape shape) implements Fact {}

    // Trials and their attempts.

    record TrialQueued(int trial, Configuration configuration, Origin origin) implements Fact {}

    /** @param alone whether nothing else may run in its worker */
    record AttemptPublished(int trial, int attempt, int trainTo, Optional<Checkpoint> resumeFrom, boolean alone)
            implements Fact {}

    /** {@code execution} owns the attempt, of a trial or of the final evaluation. */
    record AttemptStarted(int trial, int attempt, UUID execution, String worker) implements Fact {}

    /** Nothing was heard of the attempt for too long. */
    record AttemptLost(int trial, int attempt, boolean charged) implements Fact {}

    /** The worker gave the attempt back. */
    record AttemptReleased(int trial, int attempt) implements Fact {}

    record EpochMeasured(int trial, int attempt, Measurement measurement) implements Fact {
        public EpochMeasured {
            Objects.requireNonNull(measurement, "A measured epoch must have its measurement.");
        }
    }

    record CheckpointAdvanced(int trial, Checkpoint checkpoint) implements Fact {}

    /** The owner could not go on from {@code checkpoint}, the newest until then, and begins anew. */
    record CheckpointDropped(int trial, Checkpoint checkpoint) implements Fact {}

    /** A running trial went past a rung without stopping there. */
    record RungPassed(int trial, RungValue rung) implements Fact {}

    /** The trial was trained to its target epoch and is paused there. */
    record RungReached(int trial, TrainingResult result, Checkpoint checkpoint) implements Fact {}

    record TrialPromoted(int trial, int trainTo) implements Fact {}

    /** A trial that waited for another attempt waits without one again, because the study ends. */
    record TrialPutBack(int trial) implements Fact {}

    /** The owner of the trial was told to stop; its answer is awaited. */
    record TrialStopRequested(int trial) implements Fact {}

    record TrialCompleted(int trial, TrainingResult result, BlobRef model, Scores validation) implements Fact {}

    /** @param result the newest one, where the trial was stopped beyond its last rung */
    record TrialPruned(int trial, Optional<TrainingResult> result) implements Fact {}

    record TrialInfeasible(int trial, FailureReason reason, String message, double seconds, OptionalDouble speed)
            implements Fact {
        public TrialInfeasible {
            message = bounded(message);
        }

        public TrialInfeasible(int trial, FailureReason reason, String message, double seconds) {
            this(trial, reason, message, seconds, OptionalDouble.empty());
        }
    }

    record TrialFailed(int trial, FailureReason reason, String message) implements Fact {
        public TrialFailed {
            message = bounded(message);
        }
    }

    record TrialCancelled(int trial) implements Fact {}

    // The winner on the test part.

    /** The one final evaluation of the study was asked for. */
    record FinalEvaluationRequested(int trial, BlobRef model) implements Fact {}

    /** An attempt at the final evaluation was put into the queue. */
    record EvaluationPublished(int trial, int attempt) implements Fact {}

    record TestEvaluated(int trial, Scores model, List<Baseline> baselines) implements Fact {
        public TestEvaluated {
            baselines = List.copyOf(baselines);
        }
    }

    record EvaluationFailed(int trial, String message) implements Fact {
        public EvaluationFailed {
            message = bounded(message);
        }
    }

    // What changed nothing.

    /** A worker reported an end that no longer counts. {@code event} is its kind. */
    record LateEventIgnored(int trial, int attempt, UUID execution, String event) implements Fact {}
}
