package dev.tunefleet.local.fleet;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A trial whose worker dies each time it is trained, beside one that had the bad luck to run in the same worker. */
class PoisonIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @AfterEach
    void nothingRunsOn() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void aTrialThatKillsItsWorkersFailsAfterTheThirdAndItsNeighbourGoesOn() throws Exception {
        var size = new FragileFleet.Size(1, 1, 1);
        try (var fleet = FragileFleet.start(folder, size, FragilePrograms.withoutCheckpoints(2, folder, size))) {
            begin(fleet);
            await().atMost(FragileFleet.LONG).until(() -> trial(fleet, 1).epoch() > 0);

            for (int attempt = 1; attempt <= 3; attempt++) {
                killTheWorkerOfTrial0(fleet, attempt);
                if (attempt == 1) {
                    fleet.addWorker();
                }
            }
            TrialView poison = await().atMost(FragileFleet.LONG)
                    .until(() -> trial(fleet, 0), trial -> !List.of("RUNNING", "QUEUED")
                            .contains(trial.state()));
            await().atMost(FragileFleet.LONG).until(() -> trial(fleet, 1).epoch() > 0);
            TrialView neighbour = trial(fleet, 1);

            assertThat(poison.state()).isEqualTo("FAILED");
            assertThat(poison.reason())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("WORKER_LOST"));
            assertThat(poison.attempts()).isEqualTo(3);
            assertThat(neighbour.state()).isEqualTo("RUNNING");
            assertThat(neighbour.attempts()).isEqualTo(2);
            fleet.ask(client -> client.ask("poisoned", Coordinator.Wish.STOP));
            StudyView end = fleet.awaitEnd("poisoned");
            Ledger ledger = fleet.ledger("poisoned");
            assertThat(ledger.mistakes(end, fleet.ask(client -> client.trials("poisoned"))))
                    .isEmpty();
            assertThat(ledger.charged()).isEqualTo(3 + 1);
        }
    }

    private static void begin(FragileFleet fleet) throws Exception {
        fleet.begin("""
                name: poisoned
                budget: {trials: 2, epochs: 1000000, failures: 10}
                training: {patience: 1000000}
                space: {layers: 1, units: [64, 80], sequenceLength: {multiplesOf: 7, range: [28, 35]}, batchSize: [32, 64]}
                search: {algorithm: random, scheduler: none, seed: 3}
                """, 1500);
    }

    private static void killTheWorkerOfTrial0(FragileFleet fleet, int attempt) throws Exception {
        Optional<String> name = await().atMost(FragileFleet.LONG)
                .until(
                        () -> trial(fleet, 0),
                        trial -> trial.state().equals("RUNNING") && trial.attempts() == attempt && trial.epoch() > 0)
                .worker();
        Victim worker = fleet.worker(name.orElseThrow());
        worker.kill();
        worker.startAgain();
    }

    private static TrialView trial(FragileFleet fleet, int number) {
        return fleet.ask(client -> client.trial("poisoned", number));
    }
}
