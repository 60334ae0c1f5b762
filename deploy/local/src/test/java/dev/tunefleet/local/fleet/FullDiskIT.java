package dev.tunefleet.local.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Disks that are really full: under the blobs, and under what a worker unpacks. */
class FullDiskIT {

    private static final long MEGABYTE = 1 << 20;
    private static final FragileFleet.Size SIZE = new FragileFleet.Size(1, 1, 1);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @BeforeEach
    void aDiskCanBeMade() {
        assumeTrue(SmallDisk.possible(), "A disk of one's own needs root on Linux.");
    }

    @AfterEach
    void nothingRunsOn() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void aTrialThatMeetsAFullBlobStoreSaysSoAndTheNextIsTrainedOnceThereIsRoom() throws Exception {
        try (var disk = SmallDisk.of(64 * MEGABYTE, folder.resolve("small"))) {
            var store = FragilePrograms.Unusual.blobs(disk.folder().toUri(), Map.of());
            try (var fleet = FragileFleet.start(folder, SIZE, new FragilePrograms(folder, SIZE, store))) {
                fleet.begin("""
                        name: full
                        budget: {trials: 1, epochs: 3, failures: 50}
                        space: {layers: 1, units: [10, 20], sequenceLength: {multiplesOf: 7, range: [7, 14]}, batchSize: [32, 64]}
                        search: {algorithm: random, scheduler: none, seed: 3}
                        """, 1000);
                StudyView first = fleet.awaitEnd("full");

                disk.fill();
                extend(fleet, 2);
                fleet.awaitEnd("full");
                disk.resize(64 * MEGABYTE);
                extend(fleet, 3);
                StudyView end = fleet.awaitEnd("full");

                List<TrialView> trials = fleet.ask(client -> client.trials("full"));
                assertThat(trials).extracting(TrialView::state).containsExactly("COMPLETED", "FAILED", "COMPLETED");
                assertThat(trials.get(1).reason())
                        .hasValueSatisfying(reason ->
                                assertThat(reason).contains("must have room").containsIgnoringCase("no space left"));
                assertThat(trials.get(1).attempts()).isOne();
                assertThat(fleet.workers()).singleElement().matches(Victim::alive, "is the process that it was");
                assertThat(fleet.ledger("full").mistakes(end, trials)).isEmpty();
                Path model = folder.resolve("model.zip");
                fleet.ask(client -> {
                    client.download(first.best().orElseThrow().model().orElseThrow(), model);
                    return true;
                });
                assertThat(model).isNotEmptyFile();
            }
        }
    }

    @Test
    void aWorkerWithoutRoomForItsNativeCodeSaysSoAndTakesTrialsOnceThereIs() throws Exception {
        var noWorker = new FragileFleet.Size(1, 1, 0);
        try (var disk = SmallDisk.of(2 * MEGABYTE, folder.resolve("small"))) {
            var unpacking =
                    FragilePrograms.Unusual.worker(Map.of(), "-Dorg.bytedeco.javacpp.cachedir=" + disk.folder());
            var programs = new FragilePrograms(folder, noWorker, unpacking);
            try (var fleet = FragileFleet.start(folder, noWorker, programs)) {
                Victim worker = Victim.start(programs.worker(1));
                try {
                    await().atMost(FragileFleet.LONG).until(() -> !worker.alive());
                    String log = Files.readString(folder.resolve("logs/worker-1.log"));
                    disk.resize(2048 * MEGABYTE);
                    worker.startAgain();
                    fleet.awaitReady(worker);

                    assertThat(log)
                            .contains("The folder (" + disk.folder() + ")")
                            .contains("must have room");
                } finally {
                    worker.kill();
                }
            }
        }
    }

    private static void extend(FragileFleet fleet, int trials) {
        StudySpec spec = fleet.ask(client -> client.study("full")).spec().orElseThrow();
        Budget old = spec.budget();
        var larger = new Budget(
                trials, old.time(), old.epochs(), old.parallel(), old.target(), old.patience(), old.failures());
        fleet.ask(client -> client.create(spec.withBudget(larger)));
    }
}
