package dev.tunefleet.coordinator.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.topic.Topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** When a coordinator may take the silence of a worker for its death: with brokers whose offsets the test moves. */
class MeasuredLagTest {

    private static final int SHARD = 0;
    private static final int OTHER_SHARD = 1;
    private static final TopicPartition COMMANDS = new TopicPartition(Topics.COMMANDS.topic(), SHARD);
    private static final TopicPartition EVENTS = new TopicPartition(Topics.EVENTS.topic(), SHARD);
    private static final TopicPartition OTHER_EVENTS = new TopicPartition(Topics.EVENTS.topic(), OTHER_SHARD);

    private final MovedOffsets brokers = new MovedOffsets();
    private long now;
    private final MeasuredLag lag = new MeasuredLag(brokers, () -> now);

    @Test
    void nothingIsKnownBeforeTheSecondRound() throws Exception {
        brokers.level(EVENTS, 5);

        boolean atFirst = lag.zero(SHARD);
        lag.round();
        boolean afterOne = lag.zero(SHARD);
        lag.round();

        assertThat(atFirst).isFalse();
        assertThat(afterOne).isFalse();
        assertThat(lag.zero(SHARD)).isTrue();
    }

    @Test
    void aTakeOverWithHoursToReadLagsUntilTheLastOfThemIsFolded() throws Exception {
        brokers.folded.put(EVENTS, 10L);
        brokers.ends.put(EVENTS, 1_000_000L);
        lag.round();

        for (long folded = 10; folded < 1_000_000; folded += 99_999) {
            brokers.folded.put(EVENTS, folded);
            lag.round();
            assertThat(lag.zero(SHARD)).as("%d records are folded", folded).isFalse();
        }
        brokers.folded.put(EVENTS, 1_000_000L);
        lag.round();

        assertThat(lag.zero(SHARD)).isTrue();
    }

    @Test
    void aPartitionThatGrowsAllTheTimeDoesNotLagWhileWhatWasThereARoundAgoIsFolded() throws Exception {
        brokers.level(EVENTS, 100);
        lag.round();

        for (long end = 200; end < 1_000; end += 100) {
            brokers.folded.put(EVENTS, end - 100);
            brokers.ends.put(EVENTS, end);
            lag.round();
            assertThat(lag.zero(SHARD)).isTrue();
        }
    }

    @Test
    void unreadCommandsAreLagAsUnreadEventsAre() throws Exception {
        brokers.level(EVENTS, 5);
        brokers.ends.put(COMMANDS, 1L);

        lag.round();
        lag.round();

        assertThat(lag.zero(SHARD)).isFalse();
    }

    @Test
    void theLagOfOneShardIsNotThatOfAnother() throws Exception {
        brokers.level(EVENTS, 5);
        brokers.level(OTHER_EVENTS, 5);
        brokers.ends.put(OTHER_EVENTS, 6L);

        lag.round();
        lag.round();

        assertThat(lag.zero(SHARD)).isTrue();
        assertThat(lag.zero(OTHER_SHARD)).isFalse();
    }

    @Test
    void whatWasMeasuredSomeTimeAgoIsLag() throws Exception {
        brokers.level(EVENTS, 5);
        lag.round();
        lag.round();
        brokers.away = true;

        now += MeasuredLag.FRESH.minus(Duration.ofMillis(1)).toNanos();
        boolean fresh = lag.zero(SHARD);
        assertThatThrownBy(lag::round).isInstanceOf(TimeoutException.class);
        now += Duration.ofMillis(1).toNanos();

        assertThat(fresh).isTrue();
        assertThat(lag.zero(SHARD)).isFalse();
    }

    private static final class MovedOffsets implements MeasuredLag.Offsets {
        private final Map<TopicPartition, Long> ends = new HashMap<>();
        private final Map<TopicPartition, Long> folded = new HashMap<>();
        private boolean away;

        private void level(TopicPartition partition, long offset) {
            ends.put(partition, offset);
            folded.put(partition, offset);
        }

        @Override
        public Map<TopicPartition, Long> ends() throws TimeoutException {
            return present(ends);
        }

        @Override
        public Map<TopicPartition, Long> folded() throws TimeoutException {
            return present(folded);
        }

        private Map<TopicPartition, Long> present(Map<TopicPartition, Long> offsets) throws TimeoutException {
            if (away) {
                throw new TimeoutException("no broker answers");
            }
            return Map.copyOf(offsets);
        }
    }
}
