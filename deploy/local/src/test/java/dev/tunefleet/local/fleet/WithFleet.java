package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A test with a fleet of real processes and one study, of which nothing runs on afterwards. */
abstract class WithFleet {

    static final String STUDY = "study";
    /** One broker, one coordinator, one worker. */
    static final FragileFleet.Size SMALLEST = new FragileFleet.Size(1, 1, 1);
    /** After so long of silence or absence the design promises an answer; and a while for a machine that is busy. */
    static final Duration NOTICED = Duration.ofSeconds(25 + 20);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private Optional<FragileFleet> running = Optional.empty();

    /** How long an epoch of the daily births takes on an idle machine. */
    enum Epochs {
        MILLISECONDS("units: [10, 20], sequenceLength: {multiplesOf: 7, range: [7, 14]}", 1000),
        TENTHS("units: [64, 80], sequenceLength: {multiplesOf: 7, range: [28, 35]}", 1500);

        private final String space;
        private final int days;

        Epochs(String space, int days) {
            this.space = space;
            this.days = days;
        }
    }

    @AfterEach
    final void nothingRunsOn() throws Exception {
        closeAll();
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    private void closeAll() throws Exception {
        if (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } finally {
                closeAll();
            }
        }
    }

    /** Closes {@code resource} after the test, and after what is started later. */
    final <T extends AutoCloseable> T owned(T resource) {
        owned.push(resource);
        return resource;
    }

    final void start(FragileFleet.Size size) throws IOException {
        start(size, FragilePrograms.Unusual.NOTHING);
    }

    final void start(FragileFleet.Size size, FragilePrograms.Unusual unusual) throws IOException {
        start(new FragilePrograms(folder, size, unusual));
    }

    final void start(FragilePrograms programs) throws IOException {
        running = Optional.of(owned(FragileFleet.start(programs)));
    }

    final FragileFleet fleet() {
        return running.orElseThrow();
    }

    /** The only worker, or the first of several. */
    final Victim worker() {
        return fleet().workers().getFirst();
    }

    /** Begins the study or extends it; its trials train to their last epoch. */
    final void begin(String budget, Epochs epochs) throws IOException {
        fleet().begin("""
                name: %s
                budget: %s
                training: {patience: 1000000}
                space: {layers: 1, %s, batchSize: [32, 64]}
                search: {algorithm: random, scheduler: none, seed: 3}
                """.formatted(STUDY, budget, epochs.space), epochs.days);
    }

    /** Returns once {@code condition} holds, which takes seconds on an idle machine. */
    static void awaitThat(Callable<Boolean> condition) {
        await().atMost(FragileFleet.LONG).until(condition);
    }

    /** What is written of the study so far. */
    final Ledger ledger() {
        return fleet().ledger(STUDY);
    }

    final List<TrialView> trials() {
        return fleet().ask(client -> client.trials(STUDY));
    }

    final TrialView trial(int number) {
        return fleet().ask(client -> client.trial(STUDY, number));
    }

    /** Stops the study, see {@link #balanced}. */
    final Ledger stopped() {
        fleet().ask(client -> client.ask(STUDY, Coordinator.Wish.STOP));
        return balanced();
    }

    /** What is written of the study once it has ended, in which there must be no mistake. */
    final Ledger balanced() {
        StudyView end = fleet().awaitEnd(STUDY);
        Ledger ledger = ledger();
        assertThat(ledger.mistakes(end, trials())).isEmpty();
        return ledger;
    }
}
