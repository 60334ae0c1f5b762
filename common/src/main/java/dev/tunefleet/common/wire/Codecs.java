package dev.tunefleet.common.wire;

import java.util.Map;

import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.WorkerStatus;

import static java.util.Map.entry;

/** The codecs of the records that coordinator and workers share. */
public final class Codecs {

    public static final Codec<Assignment> ASSIGNMENT = new Codec<>(
            "assignment",
            Map.of(
                    "trial-spec", Assignment.TrialSpec.class,
                    "final-evaluation", Assignment.FinalEvaluation.class));

    public static final Codec<TrialEvent> EVENT = new Codec<>(
            "trial event",
            Map.ofEntries(
                    entry("trial-started", TrialEvent.TrialStarted.class),
                    entry("trial-waits", TrialEvent.TrialWaits.class),
                    entry("data-prepared", TrialEvent.DataPrepared.class),
                    entry("trial-progressed", TrialEvent.TrialProgressed.class),
                    entry("epoch-measured", TrialEvent.EpochMeasured.class),
                    entry("checkpoint-stored", TrialEvent.CheckpointStored.class),
                    entry("checkpoint-gone", TrialEvent.CheckpointGone.class),
                    entry("rung-reached", TrialEvent.RungReached.class),
                    entry("trial-completed", TrialEvent.TrialCompleted.class),
                    entry("trial-failed", TrialEvent.TrialFailed.class),
                    entry("trial-released", TrialEvent.TrialReleased.class),
                    entry("trial-stopped", TrialEvent.TrialStopped.class),
                    entry("test-evaluated", TrialEvent.TestEvaluated.class)));

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
