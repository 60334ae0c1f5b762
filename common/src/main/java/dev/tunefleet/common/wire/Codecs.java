package dev.tunefleet.common.wire;

import java.util.Map;

import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.WorkerStatus;

/** The codecs of the records that coordinator and workers share. */
public final class Codecs {

    public static final Codec<Assignment> ASSIGNMENT = new Codec<>(
            "assignment",
            Map.of(
                    "trial-spec", Assignment.TrialSpec.class,
                    "final-evaluation", Assignment.FinalEvaluation.class));

    public static final Codec<TrialEvent> EVENT = new Codec<>(
            "trial event",
            Map.of(
                    "trial-started", TrialEvent.TrialStarted.class,
                    "trial-progressed", TrialEvent.TrialProgressed.class,
                    "epoch-measured", TrialEvent.EpochMeasured.class,
                    "checkpoint-stored", TrialEvent.CheckpointStored.class,
                    "rung-reached", TrialEvent.RungReached.class,
                    "trial-completed", TrialEvent.TrialCompleted.class,
                    "trial-failed", TrialEvent.TrialFailed.class,
                    "trial-released", TrialEvent.TrialReleased.class,
                    "trial-stopped", TrialEvent.TrialStopped.class,
                    "test-evaluated", TrialEvent.TestEvaluated.class));

    public static final Codec<Directive> DIRECTIVE = new Codec<>(
            "directive",
            Map.of(
                    "own", Directive.Own.class,
                    "stop-trial", Directive.StopTrial.class,
                    "stop-study", Directive.StopStudy.class));

    public static final Codec<WorkerStatus> WORKER =
            new Codec<>("worker status", Map.of("worker-status", WorkerStatus.class));

    private Codecs() {}
}
