package dev.tunefleet.coordinator.stream;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TailTest {

    private static final String UNREADABLE = "unreadable";
    private static final TopicPartition JOURNAL = new TopicPartition("journal", 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<String> read = new CompletableFuture<>();
    private final CompletableFuture<Boolean> gaveUp = new CompletableFuture<>();
    private final CompletableFuture<String> unreadable = new CompletableFuture<>();
    private final Tail tail = new Tail("test", consumer, List.of(JOURNAL), this::reading, new Tail.Listener() {
        @Override
        public void unreadable(String topic) {
            unreadable.complete(topic);
        }

        @Override
        public void gaveUp() {
            gaveUp.complete(true);
        }
    });

    TailTest() {
        consumer.updateBeginningOffsets(Map.of(JOURNAL, 0L));
        consumer.updateEndOffsets(Map.of(JOURNAL, 1L));
    }

    @Test
    void aTailWhoseBrokerWasAwayReadsOn() throws Exception {
        consumer.schedulePollTask(() -> consumer.setPollException(new TimeoutException("The broker is away.")));
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>("journal", 0, 0, "births", null)));

        tail.start();

        assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo("births");
        assertThat(gaveUp).isNotDone();
        tail.close();
    }

    @Test
    void aRecordThatCannotBeReadIsCountedAndTheNextOneIsRead() throws Exception {
        consumer.schedulePollTask(() -> {
            consumer.addRecord(new ConsumerRecord<>("journal", 0, 0, UNREADABLE, null));
            consumer.addRecord(new ConsumerRecord<>("journal", 0, 1, "births", null));
        });

        tail.start();

        assertThat(unreadable.get(30, TimeUnit.SECONDS)).isEqualTo("journal");
        assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo("births");
        assertThat(gaveUp).isNotDone();
        tail.close();
    }

    @Test
    void aTailThatCannotGoOnSaysSo() throws Exception {
        consumer.schedulePollTask(() -> consumer.setPollException(new AuthorizationException("Nobody may read.")));

        tail.start();

        assertThat(gaveUp.get(30, TimeUnit.SECONDS)).isTrue();
        tail.close();
        assertThat(tail.alive()).isFalse();
    }

    @Test
    void manyRecordsAreTakenInTheirOrder() throws Exception {
        List<String> names =
                IntStream.range(0, 1000).mapToObj(number -> "study-" + number).toList();
        consumer.updateEndOffsets(Map.of(JOURNAL, 1000L));
        consumer.schedulePollTask(() -> {
            for (int offset = 0; offset < names.size(); offset++) {
                String name = offset == 500 ? UNREADABLE : names.get(offset);
                consumer.addRecord(new ConsumerRecord<>("journal", 0, offset, name, null));
            }
        });

        tail.start();

        List<String> readable =
                names.stream().filter(name -> !name.equals("study-500")).toList();
        await().until(() -> taken.size() == readable.size());
        assertThat(taken).containsExactlyElementsOf(readable);
        assertThat(unreadable).isCompletedWithValue("journal");
        tail.close();
    }

    private Tail.Step reading(ConsumerRecord<String, byte[]> record) {
        if (UNREADABLE.equals(record.key())) {
            throw new IllegalArgumentException("It must be readable.");
        }
        return fresh -> {
            taken.add(record.key());
            read.complete(record.key());
        };
    }
}
