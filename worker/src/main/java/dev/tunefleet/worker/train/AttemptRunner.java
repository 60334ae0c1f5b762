package dev.tunefleet.worker.train;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

import dev.tunefleet.common.blob.DigestMismatchException;
import dev.tunefleet.common.blob.StoreFailsException;
import dev.tunefleet.common.blob.StoreRefusesException;
import dev.tunefleet.common.memory.MemoryEstimate;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.DataShape;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.SlotSpeed;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.worker.data.InvalidDataException;

/**
 * Runs assignments from their blobs to their last event; whatever happens in one, it returns an event that says so. Thread-safe:
 * each thread runs one assignment at a time.
 */
public final class AttemptRunner {

    private static final System.Logger LOG = System.getLogger(AttemptRunner.class.getName());

    private final PatientBlobs blobs;
    private final Datasets datasets;
    private final Limits limits;
    private final Measures measures;
    private volatile OptionalDouble speed = OptionalDouble.empty();

    public AttemptRunner(PatientBlobs blobs, Datasets datasets, Limits limits, Measures measures) {
        this.blobs = blobs;
        this.datasets = datasets;
        this.limits = limits;
        this.measures = measures;
    }

    /** From now on results say that they are from slots whose loops do so many GFLOP/s. */
    public void timed(double gigaflops) {
        speed = OptionalDouble.of(SlotSpeed.of(gigaflops));
    }

    /**
     * Runs {@code assignment} on this thread.
     *
     * @param signals asked between batches
     * @param outbox takes what happens on the way, in order
     * @return the last event of {@code execution}
     */
    public TrialEvent run(Assignment assignment, Execution execution, Supplier<Signal> signals, Outbox outbox) {
        long started = System.nanoTime();
        Optional<Checkpoint> before =
                assignment instanceof Assignment.TrialSpec spec ? spec.resumeFrom() : Optional.empty();
        var log = new CheckpointLog(new CheckpointLog.Means(blobs, limits, measures), execution, before, outbox);
        try {
            return switch (assignment) {
                case Assignment.TrialSpec spec -> train(spec, execution, signals, outbox, log);
                case Assignment.FinalEvaluation winner ->
                    new FinalEvaluator(blobs, datasets).evaluate(winner, execution);
            };
        } catch (BlobsAwayException | InterruptedIOException away) {
            LOG.log(System.Logger.Level.WARNING, "{0} is given back: {1}", execution.attempt(), away.getMessage());
            return new TrialEvent.TrialReleased(execution, log.newest());
        } catch (StoreRefusesException refusal) {
            // Given back, it would meet the same store again and again; a failure is counted, and said.
            return failed(execution, FailureReason.ERROR, refusal.getMessage(), started);
        } catch (InvalidDataException invalid) {
            return failed(execution, FailureReason.INVALID_DATA, invalid.getMessage(), started);
        } catch (IOException | RuntimeException | Error failure) {
            if (Exhaustion.in(failure)) {
                String message = "Memory was exhausted: " + failure.getMessage();
                return failed(execution, FailureReason.OUT_OF_MEMORY, message, started);
            }
            LOG.log(System.Logger.Level.ERROR, execution.attempt() + " failed.", failure);
            return failed(execution, FailureReason.ERROR, failure.toString(), started);
        }
    }

    private TrialEvent train(
            Assignment.TrialSpec spec, Execution execution, Supplier<Signal> signals, Outbox outbox, CheckpointLog log)
            throws IOException {
        PreparedData prepared = datasets.of(spec);
        Settings settings = Settings.of(spec);
        DataShape shape = prepared.shape();
        outbox.send(new TrialEvent.DataPrepared(execution, shape));
        long needed = MemoryEstimate.of(spec.configuration(), spec.study().training(), shape)
                .total();
        measures.memoryEstimated(needed);
        if (needed > limits.slotBytes()) {
            String message = "The memory (" + needed + " bytes by estimate) of trial "
                    + execution.attempt().trial() + " must be at most what a slot has (" + limits.slotBytes()
                    + " bytes).";
            return new TrialEvent.TrialFailed(execution, FailureReason.OUT_OF_MEMORY, message, 0);
        }
        Progress begin = begin(spec, settings, prepared, log);
        Observer observer = new Reporter(execution, spec.trainTo(), signals, outbox, measures, log);
        Outcome outcome;
        try (var trainer =
                new Trainer(settings, prepared.data(), prepared.answers(settings.sequence()), begin, observer)) {
            outcome = trainer.run();
        }
        return event(spec, execution, prepared, outcome, log);
    }

    private Progress begin(Assignment.TrialSpec spec, Settings settings, PreparedData prepared, CheckpointLog log)
            throws IOException {
        var architecture = settings.architecture(prepared.data());
        Optional<Progress> resumed = spec.resumeFrom().isPresent()
                ? resumed(spec.resumeFrom().get().blob(), architecture.parameters(), log)
                : Optional.empty();
        return resumed.orElseGet(() -> Progress.none(NetworkFactory.initialParameters(architecture, spec.seed())));
    }

    /** Absent where the checkpoint is gone or is none that can be gone on from: training from the start brings the same. */
    private Optional<Progress> resumed(BlobRef checkpoint, int parameters, CheckpointLog log) throws IOException {
        byte[] content;
        try {
            content = blobs.get(checkpoint);
        } catch (NoSuchFileException | DigestMismatchException | StoreFailsException gone) {
            log.beginAnew(gone);
            return Optional.empty();
        }
        try {
            return Optional.of(CheckpointFile.read(content, parameters));
        } catch (IOException foreign) {
            log.beginAnew(foreign);
            return Optional.empty();
        }
    }

    private TrialEvent event(
            Assignment.TrialSpec spec, Execution execution, PreparedData prepared, Outcome outcome, CheckpointLog log)
            throws IOException {
        Settings settings = Settings.of(spec);
        return switch (outcome) {
            case Outcome.RungReached(var result, var progress) ->
                new TrialEvent.RungReached(execution, result.withSpeed(speed), log.store(progress));
            case Outcome.Completed(var result, var parameters, var validation) -> {
                byte[] model = ModelFile.write(spec.study(), settings, prepared.data(), parameters);
                yield new TrialEvent.TrialCompleted(
                        execution, result.withSpeed(speed), blobs.put(ModelFile.key(model), model), validation);
            }
            case Outcome.Diverged(var message, var seconds) ->
                new TrialEvent.TrialFailed(execution, FailureReason.DIVERGED, message, seconds, speed);
            case Outcome.TimedOut(var message, var seconds) ->
                new TrialEvent.TrialFailed(execution, FailureReason.TIMED_OUT, message, seconds, speed);
            case Outcome.Released(var progress) -> new TrialEvent.TrialReleased(execution, log.tryToKeep(progress));
            case Outcome.Stopped(var progress) ->
                new TrialEvent.TrialStopped(
                        execution,
                        progress.result(settings.patience()).map(result -> result.withSpeed(speed)),
                        log.tryToKeep(progress));
        };
    }

    private static TrialEvent failed(Execution execution, FailureReason reason, String message, long started) {
        return new TrialEvent.TrialFailed(execution, reason, message, (System.nanoTime() - started) / 1e9);
    }
}
