package dev.tunefleet.local.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Disks that are really full: under the blobs, and under what a worker unpacks. */
class FullDiskIT extends WithFleet {

    private static final long MEGABYTE = 1 << 20;

    @BeforeEach
    void aDiskCanBeMade() {
        assumeTrue(SmallDisk.possible(), "A disk of one's own needs root on Linux.");
    }

    @Test
    void aTrialThatMeetsAFullBlobStoreSaysSoAndTheNextIsTrainedOnceThereIsRoom() throws Exception {
        SmallDisk disk = owned(SmallDisk.of(64 * MEGABYTE, folder.resolve("small")));
        start(SMALLEST, FragilePrograms.Unusual.blobs(disk.folder().toUri(), Map.of()));
        begin("{trials: 1, epochs: 3, failures: 50}", Epochs.MILLISECONDS);
        StudyView first = fleet().awaitEnd(STUDY);

        disk.fill();
        extend(2);
        fleet().awaitEnd(STUDY);
        disk.resize(64 * MEGABYTE);
        extend(3);
        balanced();

        List<TrialView> trials = trials();
        assertThat(trials).extracting(TrialView::state).containsExactly("COMPLETED", "FAILED", "COMPLETED");
        assertThat(trials.get(1).reason())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("must have room").containsIgnoringCase("no space left"));
        assertThat(trials.get(1).attempts()).isOne();
        assertThat(worker().alive()).as("is the process that it was").isTrue();
        Path model = folder.resolve("model.zip");
        fleet().ask(client -> {
            client.download(first.best().orElseThrow().model().orElseThrow(), model);
            return true;
        });
        assertThat(model).isNotEmptyFile();
    }

    @Test
    void aWorkerWithoutRoomForItsNativeCodeSaysSoAndTakesTrialsOnceThereIs() throws Exception {
        SmallDisk disk = owned(SmallDisk.of(2 * MEGABYTE, folder.resolve("small")));
        var unpacking = FragilePrograms.Unusual.worker(Map.of(), "-Dorg.bytedeco.javacpp.cachedir=" + disk.folder());
        var programs = new FragilePrograms(folder, new FragileFleet.Size(1, 1, 0), unpacking);
        start(programs);
        Victim worker = Victim.start(programs.worker(1));
        owned(worker::kill);

        awaitThat(() -> !worker.alive());
        String log = Files.readString(folder.resolve("logs/worker-1.log"));
        disk.resize(2048 * MEGABYTE);
        worker.startAgain();
        fleet().awaitReady(worker);

        assertThat(log).contains("The folder (" + disk.folder() + ")").contains("must have room");
    }

    /** Without its data, for which there is no room. */
    private void extend(int trials) {
        StudySpec spec = fleet().ask(client -> client.study(STUDY)).spec().orElseThrow();
        Budget old = spec.budget();
        var larger = new Budget(
                trials, old.time(), old.epochs(), old.parallel(), old.target(), old.patience(), old.failures());
        fleet().ask(client -> client.create(spec.withBudget(larger)));
    }
}
