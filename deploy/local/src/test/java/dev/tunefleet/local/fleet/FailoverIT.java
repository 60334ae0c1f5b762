package dev.tunefleet.local.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two coordinators, one of which decides and the other stands by. Which is which is not known, so what is done to one is then
 * done to the other: one of the two times it was the one that decided.
 */
class FailoverIT {

    /** What the design promises, and a while for a machine that is busy. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(25 + 20);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private FragileFleet fleet;

    @BeforeEach
    void startAFleet() throws Exception {
        fleet = FragileFleet.start(folder, new FragileFleet.Size(1, 2, 2));
    }

    @AfterEach
    void stopIt() {
        if (fleet != null) {
            fleet.close();
        }
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void aKilledCoordinatorIsReplacedAndNoTrialNotices() throws Exception {
        begin("killed");

        for (Victim coordinator : fleet.coordinators()) {
            coordinator.kill();
            int known = facts("killed");
            await().atMost(TAKE_OVER).until(() -> facts("killed") > known);
            coordinator.startAgain();
            fleet.awaitReady(coordinator);
        }

        List<TrialView> trials = fleet.ask(client -> client.trials("killed"));
        assertThat(trials).allMatch(trial -> trial.attempts() == 1);
        fleet.ask(client -> client.ask("killed", Coordinator.Wish.STOP));
        StudyView end = fleet.awaitEnd("killed");
        Ledger ledger = fleet.ledger("killed");
        assertThat(ledger.mistakes(end, fleet.ask(client -> client.trials("killed"))))
                .isEmpty();
        assertThat(ledger.count("attempt-lost")).isZero();
    }

    @Test
    void aCoordinatorThatWakesUpSupersededShowsAndPublishesNothingOfItsOwn() throws Exception {
        begin("frozen");

        for (Victim coordinator : fleet.coordinators()) {
            coordinator.freeze();
            await().atMost(TAKE_OVER).until(() -> deciding() == 1);
            int known = facts("frozen");
            await().atMost(TAKE_OVER).until(() -> facts("frozen") > known + 3);
            coordinator.thaw();
            await().atMost(FragileFleet.LONG).until(() -> deciding() == 2 && coordinator.ready());
        }

        fleet.ask(client -> client.ask("frozen", Coordinator.Wish.STOP));
        StudyView end = fleet.awaitEnd("frozen");
        Ledger ledger = fleet.ledger("frozen");
        for (Victim coordinator : fleet.coordinators()) {
            Coordinator client = fleet.client(coordinator);
            await().atMost(TAKE_OVER).until(() -> client.study("frozen").ended());
            assertThat(ledger.mistakes(end, client.trials("frozen")))
                    .as(coordinator.name())
                    .isEmpty();
        }
        assertThat(ledger.count("attempt-lost")).isZero();
        assertThat(queued()).doesNotHaveDuplicates().hasSize(ledger.count("attempt-started"));
    }

    /** A study of trials that are longer than the test; returns once two of them have trained. */
    private void begin(String name) throws Exception {
        fleet.begin("""
                name: %s
                budget: {trials: 2, epochs: 1000000}
                training: {patience: 1000000}
                space: {layers: 1, units: [64, 80], sequenceLength: {multiplesOf: 7, range: [28, 35]}, batchSize: [32, 64]}
                search: {algorithm: random, scheduler: none, seed: 3}
                """.formatted(name), 1500);
        await().atMost(FragileFleet.LONG)
                .until(() -> fleet.ask(client -> client.trials(name)).stream()
                                .filter(trial -> trial.epoch() > 1)
                                .count()
                        == 2);
    }

    private int facts(String study) {
        return fleet.ledger(study).facts();
    }

    /** How many coordinators Kafka counts as alive. */
    private int deciding() throws Exception {
        try (Admin admin = Admin.create(java.util.Map.<String, Object>of("bootstrap.servers", fleet.servers()))) {
            return admin.describeConsumerGroups(List.of("tunefleet-coordinator"))
                    .all()
                    .get()
                    .get("tunefleet-coordinator")
                    .members()
                    .size();
        }
    }

    /** The trials and attempts of which there are records in the queue, as often as there are. */
    private List<String> queued() {
        return Entry.all(fleet.servers(), "tunefleet.trials").stream()
                .map(entry -> entry.body().path("attempt").toString())
                .toList();
    }
}
