package dev.tunefleet.local.fleet;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two coordinators, one of which decides and the other stands by. Which is which is not known, so what is done to one is then
 * done to the other: one of the two times it was the one that decided.
 */
class FailoverIT extends WithFleet {

    /** Trials that are longer than the test. */
    @BeforeEach
    void twoTrialsTrain() throws Exception {
        start(new FragileFleet.Size(1, 2, 2));
        begin("{trials: 2, epochs: 1000000}", Epochs.TENTHS);
        awaitThat(() -> trials().stream().filter(trial -> trial.epoch() > 1).count() == 2);
    }

    @Test
    void aKilledCoordinatorIsReplacedAndNoTrialNotices() throws Exception {
        for (Victim coordinator : fleet().coordinators()) {
            coordinator.kill();
            int known = ledger().facts();
            await().atMost(NOTICED).until(() -> ledger().facts() > known);
            coordinator.startAgain();
            fleet().awaitReady(coordinator);
        }

        assertThat(trials()).allMatch(trial -> trial.attempts() == 1);
        assertThat(stopped().count("attempt-lost")).isZero();
    }

    @Test
    void aCoordinatorThatWakesUpSupersededShowsAndPublishesNothingOfItsOwn() throws Exception {
        for (Victim coordinator : fleet().coordinators()) {
            coordinator.freeze();
            await().atMost(NOTICED).until(() -> deciding() == 1);
            int known = ledger().facts();
            await().atMost(NOTICED).until(() -> ledger().facts() > known + 3);
            coordinator.thaw();
            awaitThat(() -> deciding() == 2 && coordinator.ready());
        }

        Ledger ledger = stopped();
        StudyView end = fleet().awaitEnd(STUDY);
        for (Victim coordinator : fleet().coordinators()) {
            Coordinator client = fleet().client(coordinator);
            await().atMost(NOTICED).until(() -> client.study(STUDY).ended());
            assertThat(ledger.mistakes(end, client.trials(STUDY)))
                    .as(coordinator.name())
                    .isEmpty();
        }
        assertThat(ledger.count("attempt-lost")).isZero();
        assertThat(queued()).doesNotHaveDuplicates().hasSize(ledger.count("attempt-started"));
    }

    /** How many coordinators Kafka counts as alive. */
    private int deciding() throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", fleet().servers()))) {
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
        return Entry.all(fleet().servers(), "tunefleet.trials").stream()
                .map(entry -> entry.body().path("attempt").toString())
                .toList();
    }
}
