package dev.tunefleet.local.fleet;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.local.client.StudyView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Three brokers with three copies of everything, of which one, then all are killed while a study runs. */
class BrokerLossIT {

    /** Leaders are chosen anew and clients find them: seconds on an idle machine. */
    private static final Duration STALL = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private FragileFleet fleet;

    @BeforeEach
    void startAFleet() throws Exception {
        fleet = FragileFleet.start(folder, new FragileFleet.Size(3, 1, 2));
    }

    @AfterEach
    void stopIt() {
        if (fleet != null) {
            fleet.close();
        }
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void aStudyGoesOnWithTwoOfThreeBrokersAndThroughARestartOfAll() throws Exception {
        budget(1);
        await().atMost(FragileFleet.LONG).until(() -> epochs() > 2);
        int trials = 1;

        for (Victim broker : fleet.brokers()) {
            broker.kill();
            awaitEpochsOf(++trials);
            broker.startAgain();
            fleet.awaitReady(broker);
        }
        fleet.brokers().forEach(Victim::kill);
        for (Victim broker : fleet.brokers()) {
            broker.startAgain();
        }
        fleet.brokers().forEach(fleet::awaitReady);
        awaitEpochsOf(++trials);

        StudyView end = fleet.awaitEnd("broken");
        Ledger ledger = fleet.ledger("broken");
        assertThat(ledger.mistakes(end, fleet.ask(client -> client.trials("broken"))))
                .isEmpty();
        assertThat(end.requested()).isEqualTo(trials);
        assertThat(ledger.count("trial-completed")).isEqualTo(trials);
        assertThat(ledger.unended()).isEmpty();
    }

    /** A trial more with each blow: however fast the machine, there is something left to train. */
    private void awaitEpochsOf(int trials) throws Exception {
        int known = epochs();
        budget(trials);
        await().atMost(STALL).until(() -> epochs() > known);
    }

    private void budget(int trials) throws Exception {
        fleet.begin("""
                name: broken
                budget: {trials: %d, epochs: 400}
                training: {patience: 400}
                space: {layers: 1, units: [10, 20], sequenceLength: {multiplesOf: 7, range: [7, 14]}, batchSize: [32, 64]}
                search: {algorithm: random, scheduler: none, seed: 3}
                """.formatted(trials), 1000);
    }

    private int epochs() {
        return fleet.ledger("broken").count("epoch-measured");
    }
}
