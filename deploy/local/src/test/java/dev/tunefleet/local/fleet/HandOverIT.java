package dev.tunefleet.local.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A trial that changes its worker: because the worker is told to go, and because nothing is heard of the worker any more. */
class HandOverIT {

    /** What the design promises, and a while for a machine that is busy. */
    private static final Duration LOST = Duration.ofSeconds(25 + 20);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @AfterEach
    void nothingRunsOn() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void aDrainedWorkerHandsItsTrialOverAndNoEpochIsLost() throws Exception {
        try (var fleet = FragileFleet.start(folder, new FragileFleet.Size(1, 1, 2))) {
            TrialView before = begin(fleet);
            Victim worker = fleet.worker(before.worker().orElseThrow());

            worker.askToEnd();
            worker.awaitEnd();
            TrialView after = awaitSecondAttempt(fleet);

            assertThat(after.worker()).isPresent().isNotEqualTo(before.worker());
            Ledger ledger = stop(fleet);
            assertThat(ledger.count("attempt-released")).isEqualTo(1);
            assertThat(ledger.count("attempt-lost")).isZero();
            assertEachEpochOnce(ledger);
        }
    }

    @Test
    void aWorkerThatTheNetworkCutsOffLosesItsTrialAndStopsWhenItLearnsOfIt() throws Exception {
        assumeTrue(CutOffHost.possible(), "Network namespaces need root, ip and iptables.");
        var size = new FragileFleet.Size(1, 1, 1);
        try (var host = CutOffHost.create();
                var fleet = FragileFleet.start(folder, size, FragilePrograms.withFirstWorkerOn(host, folder, size))) {
            TrialView before = begin(fleet);
            fleet.addWorker();

            host.cut();
            TrialView after = awaitSecondAttempt(fleet);
            Ledger whileCut = fleet.ledger("handed-over");
            host.mend();

            assertThat(before.worker()).contains("worker-1");
            assertThat(after.worker()).contains("worker-2");
            assertThat(whileCut.count("attempt-lost")).isEqualTo(1);
            assertThat(whileCut.charged()).isZero();
            // What it trained on the other side of the cut is the same training, so that nothing was lost but time.
            await().atMost(LOST)
                    .until(() -> fleet.ledger("handed-over").lastReport("worker-1"), "trial-stopped"::equals);
            assertThat(fleet.worker("worker-1").ready()).isTrue();
            Ledger ledger = stop(fleet);
            assertThat(ledger.count("attempt-lost")).isEqualTo(1);
            assertThat(ledger.resumed()).isPositive();
        }
    }

    /** A study with one trial that is longer than the test; returns it once a worker has stored a checkpoint of it. */
    private static TrialView begin(FragileFleet fleet) throws Exception {
        fleet.begin("""
                name: handed-over
                budget: {trials: 1, epochs: 1000000}
                training: {patience: 1000000}
                space: {layers: 1, units: [64, 80], sequenceLength: {multiplesOf: 7, range: [28, 35]}, batchSize: [32, 64]}
                search: {algorithm: random, scheduler: none, seed: 3}
                """, 1500);
        await().atMost(FragileFleet.LONG)
                .until(() -> fleet.ledger("handed-over").count("checkpoint-advanced") > 0);
        return fleet.ask(client -> client.trial("handed-over", 0));
    }

    private static TrialView awaitSecondAttempt(FragileFleet fleet) {
        return await().atMost(LOST)
                .until(
                        () -> fleet.ask(client -> Optional.of(client.trial("handed-over", 0))
                                .filter(trial ->
                                        trial.attempts() == 2 && trial.state().equals("RUNNING"))),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Ledger stop(FragileFleet fleet) {
        int epoch = fleet.ask(client -> client.trial("handed-over", 0)).epoch();
        await().atMost(FragileFleet.LONG)
                .until(() -> fleet.ask(client -> client.trial("handed-over", 0)).epoch() > epoch);
        fleet.ask(client -> client.ask("handed-over", Coordinator.Wish.STOP));
        StudyView end = fleet.awaitEnd("handed-over");
        Ledger ledger = fleet.ledger("handed-over");
        assertThat(ledger.mistakes(end, fleet.ask(client -> client.trials("handed-over"))))
                .isEmpty();
        return ledger;
    }

    private static void assertEachEpochOnce(Ledger ledger) {
        List<Integer> epochs = ledger.epochsOf(0);
        assertThat(epochs)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, epochs.size()).boxed().toList());
    }
}
