package dev.tunefleet.common.topic;

import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TopicsTest {

    @Test
    void theQueueIsReadFromItsBeginningAndOnlyWhatIsCommitted() {
        assertThat(Topics.queueGroupSettings(Set.of()))
                .containsEntry("share.auto.offset.reset", "earliest")
                .containsEntry("share.isolation.level", "read_committed")
                .hasSize(2);
    }

    @Test
    void brokersThatCanPutAnAssignmentOffAreToldNotTo() {
        assertThat(Topics.queueGroupSettings(Set.of("share.isolation.level", "share.assignment.interval.ms")))
                .containsEntry("share.assignment.interval.ms", "0")
                .hasSize(3);
    }
}
