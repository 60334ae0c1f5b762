package dev.tunefleet.worker.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.tunefleet.common.blob.BlobStore;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.worker.intake.Work;
import dev.tunefleet.worker.intake.WorkerIdentity;
import dev.tunefleet.worker.train.AttemptRunner;
import dev.tunefleet.worker.train.Datasets;
import dev.tunefleet.worker.train.Limits;
import dev.tunefleet.worker.train.Measures;
import dev.tunefleet.worker.train.Outbox;
import dev.tunefleet.worker.train.PatientBlobs;
import dev.tunefleet.worker.train.Signal;

/** Makes the objects that know nothing of Quarkus, with every default filled in. */
final class WorkerBeans {

    /** With five doublings, the store has six seconds to come back before a trial is released. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    @Produces
    @Singleton
    WorkerIdentity identity(WorkerConfig config) {
        WorkerConfig.Worker worker = config.worker();
        int slots = worker.slots().orElse(Runtime.getRuntime().availableProcessors());
        if (slots < 1) {
            throw new IllegalArgumentException(
                    "The slots (" + slots + ") of a worker must be at least 1; TUNEFLEET_WORKER_SLOTS says how many.");
        }
        // A quarter of the heap is for the program itself.
        long slotBytes = worker.slotBytes().orElse(Runtime.getRuntime().maxMemory() / 4 * 3 / slots);
        return new WorkerIdentity(
                worker.id().orElseGet(WorkerBeans::hostAndProcess),
                slots,
                slotBytes,
                worker.grace(),
                config.cacheDir());
    }

    private static String hostAndProcess() {
        long process = ProcessHandle.current().pid();
        try {
            return InetAddress.getLocalHost().getHostName() + "-" + process;
        } catch (UnknownHostException nameless) {
            return "worker-" + process;
        }
    }

    @Produces
    @Singleton
    BlobStore blobs(WorkerConfig config) {
        return BlobStore.at(config.blobs());
    }

    @Produces
    @Singleton
    Work work(BlobStore store, WorkerConfig config, WorkerIdentity identity, Measures measures) {
        var blobs = new PatientBlobs(store, FIRST_PAUSE);
        var datasets = new Datasets(blobs, Runtime.getRuntime().maxMemory() / 4);
        var limits = new Limits(identity.slotBytes(), config.worker().betweenCheckpoints());
        var runner = new AttemptRunner(blobs, datasets, limits, measures);
        return new Work() {
            @Override
            public TrialEvent run(Assignment assignment, Execution execution, Supplier<Signal> signals, Outbox outbox) {
                return runner.run(assignment, execution, signals, outbox);
            }

            @Override
            public boolean equipped() {
                return !blobs.away();
            }

            @Override
            public void lookOut() {
                blobs.lookOut();
            }

            @Override
            public void timed(double gigaflops) {
                runner.timed(gigaflops);
            }
        };
    }
}
