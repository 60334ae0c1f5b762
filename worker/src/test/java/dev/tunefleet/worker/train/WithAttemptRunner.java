package dev.tunefleet.worker.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.blob.BlobStore;
import dev.tunefleet.common.blob.FileBlobStore;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Assignment.TrialSpec;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.TrialEvent;

/** Attempts that run on the thread of the test, with a store in a folder that holds the data. */
abstract class WithAttemptRunner {

    static final Duration NO_PAUSE = Duration.ZERO;
    static final Limits PLENTY = new Limits(1L << 30, Duration.ofHours(1));
    static final Limits OFTEN = new Limits(1L << 30, Duration.ZERO);

    @TempDir
    Path folder;

    final List<TrialEvent> reported = new ArrayList<>();
    CompletionStage<Void> acknowledgement = CompletableFuture.completedStage(null);
    BlobStore blobs;

    @BeforeEach
    void storeTheData() throws IOException {
        blobs = new FileBlobStore(folder);
        blobs.put("datasets/wave.csv", Trials.waveCsv().getBytes(StandardCharsets.UTF_8));
    }

    TrialEvent run(Assignment assignment, Limits limits) {
        return run(assignment, limits, () -> Signal.GO_ON);
    }

    TrialEvent run(Assignment assignment, Limits limits, Supplier<Signal> signals) {
        var patient = new PatientBlobs(blobs, NO_PAUSE);
        var runner = new AttemptRunner(patient, new Datasets(patient, 1 << 20), limits, new Trials.SilentMeasures());
        var execution = new Execution(assignment.attempt(), UUID.randomUUID(), "worker-1");
        if (assignment instanceof TrialSpec) {
            reported.clear();
        }
        return runner.run(assignment, execution, signals, this::report);
    }

    CompletionStage<Void> report(TrialEvent event) {
        reported.add(event);
        return acknowledgement;
    }

    List<Checkpoint> checkpoints() {
        return reported.stream()
                .filter(TrialEvent.CheckpointStored.class::isInstance)
                .map(event -> ((TrialEvent.CheckpointStored) event).checkpoint())
                .toList();
    }
}
