package dev.tunefleet.worker.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.TrialEvent;

/** The checkpoints of one execution: where they go, when the next is due, which is the newest. For one thread. */
final class CheckpointLog {

    private static final System.Logger LOG = System.getLogger(CheckpointLog.class.getName());

    private static final int KEPT = 2;

    private final Means means;
    private final Execution execution;
    private final Outbox outbox;
    private final List<Reported> reported = new ArrayList<>();
    private Optional<Checkpoint> newest;
    private long lastStored = System.nanoTime();

    private record Reported(Checkpoint checkpoint, CompletionStage<Void> event) {

        boolean acknowledged() {
            var future = event.toCompletableFuture();
            return future.isDone() && !future.isCompletedExceptionally();
        }
    }

    /** Where checkpoints go, how often, and who is told how long it took; the same for all executions of a worker. */
    record Means(PatientBlobs blobs, Limits limits, Measures measures) {}

    CheckpointLog(Means means, Execution execution, Optional<Checkpoint> newest, Outbox outbox) {
        this.means = means;
        this.execution = execution;
        this.newest = newest;
        this.outbox = outbox;
    }

    Optional<Checkpoint> newest() {
        return newest;
    }

    /** Training begins at the beginning, as what it was to go on from is of no use; whatever is stored from now on is newer. */
    void beginAnew(IOException reason) {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} begins anew, its checkpoint is gone or unreadable: {1}",
                execution.attempt(),
                reason.getMessage());
        newest.ifPresent(gone -> outbox.send(new TrialEvent.CheckpointGone(execution, gone)));
        newest = Optional.empty();
    }

    /**
     * Stores {@code progress} and reports it when the last checkpoint is old enough. Training goes on where that fails, and does not
     * wait again for a store that is known to be away.
     */
    void maybe(Supplier<Progress> progress) {
        boolean early = System.nanoTime() - lastStored
                < means.limits().betweenCheckpoints().toNanos();
        if (early || means.blobs().away()) {
            return;
        }
        try {
            Checkpoint stored = store(progress.get());
            reported.add(new Reported(stored, outbox.send(new TrialEvent.CheckpointStored(execution, stored))));
            deleteOld();
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "A checkpoint could not be stored: {0}", failure.getMessage());
        }
        lastStored = System.nanoTime();
    }

    /** Two stay, for a coordinator that reads late; and all do until the brokers are known to have the older of the two. */
    private void deleteOld() {
        while (reported.size() > KEPT && reported.get(reported.size() - KEPT).acknowledged()) {
            String key = reported.removeFirst().checkpoint().blob().key();
            try {
                means.blobs().delete(key);
            } catch (IOException failure) {
                LOG.log(System.Logger.Level.WARNING, "{0} could not be deleted: {1}", key, failure.getMessage());
            }
        }
    }

    /** Stores {@code progress}; the newest that there is already where that is as far or the store is away or full. */
    Optional<Checkpoint> tryToKeep(Progress progress) {
        boolean kept = progress.epoch() == 0
                || newest.filter(checkpoint -> checkpoint.epoch() >= progress.epoch())
                        .isPresent();
        try {
            return kept ? newest : Optional.of(store(progress));
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "A checkpoint could not be stored: {0}", failure.getMessage());
            return newest;
        }
    }

    Checkpoint store(Progress progress) throws IOException {
        long started = System.nanoTime();
        byte[] bytes = CheckpointFile.write(progress);
        String key = "checkpoints/" + execution.attempt().trial() + "/" + progress.epoch() + "-" + execution.id();
        Checkpoint stored = new Checkpoint(progress.epoch(), means.blobs().put(key, bytes));
        newest = Optional.of(stored);
        means.measures().checkpointStored(bytes.length, (System.nanoTime() - started) / 1e9);
        return stored;
    }
}
