package dev.tunefleet.coordinator.stream;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tunefleet.common.wire.Codec;
import dev.tunefleet.common.wire.Json;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.Evaluation;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.Origin;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.TrialEntity;
import dev.tunefleet.coordinator.study.TrialState;

/** The codecs of what only coordinators write: commands, facts, the stored entities and each study's demand. */
public final class StudyCodecs {

    private static final ObjectMapper JSON = Json.MAPPER
            .copy()
            .addMixIn(TrialState.class, TrialStateMixIn.class)
            .addMixIn(Origin.class, OriginMixIn.class)
            .addMixIn(Evaluation.Outcome.class, OutcomeMixIn.class);

    static final Map<String, Class<? extends Fact>> FACTS = Map.copyOf(facts());

    public static final Codec<Command> COMMAND = new Codec<>(
            JSON,
            "command",
            Map.of(
                    "create-study", Command.CreateStudy.class,
                    "pause-study", Command.PauseStudy.class,
                    "resume-study", Command.ResumeStudy.class,
                    "stop-study", Command.StopStudy.class,
                    "delete-study", Command.DeleteStudy.class,
                    "enqueue-trial", Command.EnqueueTrial.class,
                    "cancel-trial", Command.CancelTrial.class,
                    "offer-suggestions", Command.OfferSuggestions.class));

    /** Reads each fact in general; what {@link #FACT} reads is the same. */
    static final Codec<Fact> ANY_FACT = new Codec<>(JSON, "fact", FACTS);

    public static final Codec<Fact> FACT = ANY_FACT.withUsual(WrittenFacts.READERS);

    public static final Codec<StudyEntity> STUDY = new Codec<>(JSON, "study", Map.of("study", StudyEntity.class));

    /** Reads each trial in general; what {@link #TRIAL} reads is the same. */
    static final Codec<TrialEntity> ANY_TRIAL = new Codec<>(JSON, "trial", Map.of("trial", TrialEntity.class));

    public static final Codec<TrialEntity> TRIAL = ANY_TRIAL.withUsual(WrittenTrials.READERS);

    static final Codec<StudyDemand> DEMAND = new Codec<>(JSON, "demand", Map.of("demand", StudyDemand.class));

    private StudyCodecs() {}

    private static Map<String, Class<? extends Fact>> facts() {
        Map<String, Class<? extends Fact>> names = new LinkedHashMap<>();
        names.put("study-created", Fact.StudyCreated.class);
        names.put("study-paused", Fact.StudyPaused.class);
        names.put("study-resumed", Fact.StudyResumed.class);
        names.put("study-extended", Fact.StudyExtended.class);
        names.put("study-ending", Fact.StudyEnding.class);
        names.put("study-completed", Fact.StudyCompleted.class);
        names.put("study-failed", Fact.StudyFailed.class);
        names.put("study-deleted", Fact.StudyDeleted.class);
        names.put("time-spent", Fact.TimeSpent.class);
        names.put("request-answered", Fact.RequestAnswered.class);
        names.put("request-refused", Fact.RequestRefused.class);
        names.put("suggestions-requested", Fact.SuggestionsRequested.class);
        names.put("suggestions-accepted", Fact.SuggestionsAccepted.class);
        names.put("suggestions-dropped", Fact.SuggestionsDropped.class);
        names.put("l2-opened", Fact.L2Opened.class);
        names.put("halving-ended", Fact.HalvingEnded.class);
        names.put("data-measured", Fact.DataMeasured.class);
        names.put("trial-queued", Fact.TrialQueued.class);
        names.put("attempt-published", Fact.AttemptPublished.class);
        names.put("attempt-started", Fact.AttemptStarted.class);
        names.put("attempt-lost", Fact.AttemptLost.class);
        names.put("attempt-released", Fact.AttemptReleased.class);
        names.put("epoch-measured", Fact.EpochMeasured.class);
        names.put("checkpoint-advanced", Fact.CheckpointAdvanced.class);
        names.put("checkpoint-dropped", Fact.CheckpointDropped.class);
        names.put("rung-passed", Fact.RungPassed.class);
        names.put("rung-reached", Fact.RungReached.class);
        names.put("trial-promoted", Fact.TrialPromoted.class);
        names.put("trial-stop-requested", Fact.TrialStopRequested.class);
        names.put("trial-completed", Fact.TrialCompleted.class);
        names.put("trial-put-back", Fact.TrialPutBack.class);
        names.put("trial-pruned", Fact.TrialPruned.class);
        names.put("trial-infeasible", Fact.TrialInfeasible.class);
        names.put("trial-failed", Fact.TrialFailed.class);
        names.put("trial-cancelled", Fact.TrialCancelled.class);
        names.put("final-evaluation-requested", Fact.FinalEvaluationRequested.class);
        names.put("evaluation-published", Fact.EvaluationPublished.class);
        names.put("test-evaluated", Fact.TestEvaluated.class);
        names.put("evaluation-failed", Fact.EvaluationFailed.class);
        names.put("late-event-ignored", Fact.LateEventIgnored.class);
        return names;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = TrialState.Queued.class, name = "queued"),
        @JsonSubTypes.Type(value = TrialState.Running.class, name = "running"),
        @JsonSubTypes.Type(value = TrialState.Paused.class, name = "paused"),
        @JsonSubTypes.Type(value = TrialState.Completed.class, name = "completed"),
        @JsonSubTypes.Type(value = TrialState.Pruned.class, name = "pruned"),
        @JsonSubTypes.Type(value = TrialState.Infeasible.class, name = "infeasible"),
        @JsonSubTypes.Type(value = TrialState.Failed.class, name = "failed"),
        @JsonSubTypes.Type(value = TrialState.Cancelled.class, name = "cancelled")
    })
    @JsonIgnoreProperties("terminal")
    private interface TrialStateMixIn {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Origin.Enqueued.class, name = "enqueued"),
        @JsonSubTypes.Type(value = Origin.Guided.class, name = "guided"),
        @JsonSubTypes.Type(value = Origin.Suggested.class, name = "suggested"),
        @JsonSubTypes.Type(value = Origin.Confirmation.class, name = "confirmation")
    })
    private interface OriginMixIn {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Evaluation.Outcome.Open.class, name = "open"),
        @JsonSubTypes.Type(value = Evaluation.Outcome.Measured.class, name = "measured"),
        @JsonSubTypes.Type(value = Evaluation.Outcome.Failed.class, name = "failed")
    })
    private interface OutcomeMixIn {}
}
