package dev.tunefleet.local.fleet;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.topic.Topics;

import static org.assertj.core.api.Assertions.assertThat;

/** A coordinator whose threads cannot go on, because somebody has deleted the topic that they read. */
class InnerThreadIT extends WithFleet {

    @Test
    void aCoordinatorWhoseThreadsFailAgainAndAgainEndsAndDecidesOnWhenStartedAgain() throws Exception {
        start(SMALLEST);
        begin("{trials: 1, epochs: 1000000}", Epochs.TENTHS);
        awaitThat(() -> trial(0).epoch() > 0);
        Victim coordinator = fleet().coordinators().getFirst();

        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", fleet().servers()))) {
            admin.deleteTopics(List.of(Topics.EVENTS.topic())).all().get();
        }
        awaitThat(() -> !coordinator.alive());
        assertThat(Files.readString(folder.resolve("logs/" + coordinator.name() + ".log")))
                .contains("giving up", Topics.EVENTS.topic());
        coordinator.startAgain();
        fleet().awaitReady(coordinator);

        int epoch = trial(0).epoch();
        awaitThat(() -> trial(0).epoch() > epoch);
        assertThat(trial(0).attempts()).isLessThanOrEqualTo(2);
        assertThat(stopped().charged()).isZero();
    }
}
