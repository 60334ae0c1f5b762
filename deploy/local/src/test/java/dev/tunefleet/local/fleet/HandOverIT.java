package dev.tunefleet.local.fleet;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A trial that changes its worker: because the worker is told to go, and because nothing is heard of the worker any more. */
class HandOverIT extends WithFleet {

    @Test
    void aDrainedWorkerHandsItsTrialOverAndNoEpochIsLost() throws Exception {
        start(new FragileFleet.Size(1, 1, 2));
        TrialView before = trialWithCheckpoint();
        Victim worker = fleet().worker(before.worker().orElseThrow());

        worker.askToEnd();
        worker.awaitEnd();
        TrialView after = awaitSecondAttempt();

        assertThat(after.worker()).isPresent().isNotEqualTo(before.worker());
        Ledger ledger = stoppedOnceItGotOn();
        assertThat(ledger.count("attempt-released")).isEqualTo(1);
        assertThat(ledger.count("attempt-lost")).isZero();
        assertEachEpochOnce(ledger);
    }

    @Test
    void aWorkerThatTheNetworkCutsOffLosesItsTrialAndStopsWhenItLearnsOfIt() throws Exception {
        assumeTrue(CutOffHost.possible(), "Network namespaces need root, ip and iptables.");
        CutOffHost host = owned(CutOffHost.create());
        start(FragilePrograms.withFirstWorkerOn(host, folder, SMALLEST));
        TrialView before = trialWithCheckpoint();
        fleet().addWorker();

        host.cut();
        TrialView after = awaitSecondAttempt();
        Ledger whileCut = ledger();
        host.mend();

        assertThat(before.worker()).contains("worker-1");
        assertThat(after.worker()).contains("worker-2");
        assertThat(whileCut.count("attempt-lost")).isEqualTo(1);
        assertThat(whileCut.charged()).isZero();
        // What it trained on the other side of the cut is the same training, so that nothing was lost but time.
        await().atMost(NOTICED).until(() -> ledger().lastReport("worker-1"), "trial-stopped"::equals);
        assertThat(fleet().worker("worker-1").ready()).isTrue();
        Ledger ledger = stoppedOnceItGotOn();
        assertThat(ledger.count("attempt-lost")).isEqualTo(1);
        assertThat(ledger.resumed()).isPositive();
    }

    @Test
    void aTrialWhoseWorkerDiesBeforeItAcceptsTheRecordIsTakenAgainAndHasOneOwner() throws Exception {
        var programs = new FragilePrograms(
                folder, new FragileFleet.Size(1, 1, 0), FragilePrograms.Unusual.withoutCheckpoints(2));
        start(programs);
        Victim taker = Victim.start(programs.taker());
        owned(taker::kill);
        begin("{trials: 1, epochs: 1000000}", Epochs.TENTHS);
        awaitThat(() -> ledger().count("attempt-started") == 1);

        taker.kill();
        fleet().addWorker();
        // The record comes once more, to a worker that knows of the owner; the next attempt follows when the owner
        // stays silent.
        awaitThat(() -> ledger().reports("worker-1", 1).contains("trial-stopped"));
        awaitThat(() -> trial(0).attempts() == 2 && trial(0).epoch() > 0);

        Ledger ledger = ledger();
        assertThat(trial(0).worker()).contains("worker-1");
        assertThat(ledger.count("attempt-lost")).isOne();
        assertThat(ledger.count("attempt-started")).isEqualTo(2);
        stopped();
    }

    /** A trial that is longer than the test. */
    private TrialView trialWithCheckpoint() throws Exception {
        begin("{trials: 1, epochs: 1000000}", Epochs.TENTHS);
        awaitThat(() -> ledger().count("checkpoint-advanced") > 0);
        return trial(0);
    }

    private TrialView awaitSecondAttempt() {
        return await().atMost(NOTICED)
                .until(
                        () -> trial(0),
                        trial -> trial.attempts() == 2 && trial.state().equals("RUNNING"));
    }

    private Ledger stoppedOnceItGotOn() {
        int epoch = trial(0).epoch();
        awaitThat(() -> trial(0).epoch() > epoch);
        return stopped();
    }

    private static void assertEachEpochOnce(Ledger ledger) {
        List<Integer> epochs = ledger.epochsOf(0);
        assertThat(epochs)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, epochs.size()).boxed().toList());
    }
}
