package dev.tunefleet.local.fleet;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A trial whose worker dies each time it is trained, beside one that had the bad luck to run in the same worker. */
class PoisonIT extends WithFleet {

    @Test
    void aTrialThatKillsItsWorkersFailsAfterTheThirdAndItsNeighbourGoesOn() throws Exception {
        start(SMALLEST, FragilePrograms.Unusual.withoutCheckpoints(2));
        begin("{trials: 2, epochs: 1000000, failures: 10}", Epochs.TENTHS);
        awaitThat(() -> trial(1).epoch() > 0);

        for (int attempt = 1; attempt <= 3; attempt++) {
            killTheWorkerOfTrial0(attempt);
            if (attempt == 1) {
                fleet().addWorker();
            }
        }
        TrialView poison = await().atMost(FragileFleet.LONG)
                .until(() -> trial(0), trial -> !List.of("RUNNING", "QUEUED").contains(trial.state()));
        awaitThat(() -> trial(1).epoch() > 0);
        TrialView neighbour = trial(1);

        assertThat(poison.state()).isEqualTo("FAILED");
        assertThat(poison.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("WORKER_LOST"));
        assertThat(poison.attempts()).isEqualTo(3);
        assertThat(neighbour.state()).isEqualTo("RUNNING");
        assertThat(neighbour.attempts()).isEqualTo(2);
        assertThat(stopped().charged()).isEqualTo(3 + 1);
    }

    private void killTheWorkerOfTrial0(int attempt) throws Exception {
        Optional<String> name = await().atMost(FragileFleet.LONG)
                .until(
                        () -> trial(0),
                        trial -> trial.state().equals("RUNNING") && trial.attempts() == attempt && trial.epoch() > 0)
                .worker();
        Victim worker = fleet().worker(name.orElseThrow());
        worker.kill();
        worker.startAgain();
    }
}
