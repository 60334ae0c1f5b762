package dev.tunefleet.worker.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialId;
import dev.tunefleet.common.wire.Codecs;

import static org.assertj.core.api.Assertions.assertThat;

class DirectiveReaderTest {

    private static final TopicPartition ONLY = new TopicPartition(Topics.DIRECTIVES.topic(), 0);
    private static final StudyId BIRTHS = new StudyId("births");
    private static final AttemptId ATTEMPT = new AttemptId(new TrialId(BIRTHS, 0), 1);

    private volatile Instant now = Instant.EPOCH;

    @Test
    void directivesThatCannotBeReadOrLackFieldsAreCountedAndTheNextOneHolds() throws InterruptedException {
        var consumer = new MockConsumer<byte[], byte[]>("earliest");
        consumer.updateBeginningOffsets(Map.of(ONLY, 0L));
        consumer.updateEndOffsets(Map.of(ONLY, 5L));
        consumer.schedulePollTask(() -> {
            consumer.addRecord(record(0, "births/7", "no JSON".getBytes(StandardCharsets.UTF_8)));
            consumer.addRecord(record(1, "births/8", withoutFields("stop-trial")));
            consumer.addRecord(record(2, "births/9", withoutFields("own")));
            consumer.addRecord(record(3, "births", withoutFields("stop-study")));
            consumer.addRecord(record(4, "births/0", Codecs.DIRECTIVE.write(new Directive.StopTrial(ATTEMPT))));
        });
        var directives = new Directives();
        var measures = new Counted();
        var changed = new CountDownLatch(1);
        var reader = new DirectiveReader(consumer, directives, measures, changed::countDown, () -> now);

        Thread thread = Thread.ofPlatform().start(reader);
        boolean told = changed.await(30, TimeUnit.SECONDS);
        reader.stop();
        thread.join();

        assertThat(told).isTrue();
        assertThat(measures.unreadable).hasValue(4);
        assertThat(directives.stop(new Execution(ATTEMPT, new UUID(1, 2), "worker-1")))
                .isTrue();
    }

    @Test
    void whoWasCutOffUntilAWithdrawalWasForgottenHeedsTheDirectiveNoMore() throws InterruptedException {
        var consumer = new MockConsumer<byte[], byte[]>("earliest");
        consumer.updateBeginningOffsets(Map.of(ONLY, 0L));
        consumer.updateEndOffsets(Map.of(ONLY, 2L));
        consumer.schedulePollTask(() -> {
            consumer.addRecord(record(0, "births", Codecs.DIRECTIVE.write(new Directive.StopStudy(BIRTHS))));
            consumer.addRecord(record(1, "births/0", Codecs.DIRECTIVE.write(new Directive.StopTrial(ATTEMPT))));
        });
        var directives = new Directives();
        var before = new CountDownLatch(1);
        var after = new CountDownLatch(1);
        var stopped = new AtomicBoolean();
        Runnable changed = () -> {
            stopped.set(directives.stop(execution(2)));
            (before.getCount() > 0 ? before : after).countDown();
        };
        var reader = new DirectiveReader(consumer, directives, new Counted(), changed, () -> now);
        Thread thread = Thread.ofPlatform().start(reader);
        boolean toldBefore = before.await(30, TimeUnit.SECONDS);
        boolean stoppedBefore = stopped.get();

        consumer.schedulePollTask(() -> {
            now = now.plus(Duration.ofDays(2));
            consumer.schedulePollTask(() -> consumer.addRecord(
                    record(1, "births/0", Codecs.DIRECTIVE.write(new Directive.StopTrial(ATTEMPT)))));
        });
        boolean toldAfter = after.await(30, TimeUnit.SECONDS);
        reader.stop();
        thread.join();

        assertThat(toldBefore && toldAfter).isTrue();
        assertThat(stoppedBefore).isTrue();
        assertThat(directives.stop(execution(2))).isFalse();
        assertThat(directives.stop(execution(1))).isTrue();
    }

    private static Execution execution(int attempt) {
        return new Execution(new AttemptId(ATTEMPT.trial(), attempt), new UUID(1, 2), "worker-1");
    }

    /** A directive without a field. */
    private static byte[] withoutFields(String type) {
        return ("{\"type\":\"" + type + "\",\"version\":1,\"body\":{}}").getBytes(StandardCharsets.UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String key, byte[] value) {
        return new ConsumerRecord<>(Topics.DIRECTIVES.topic(), 0, offset, key.getBytes(StandardCharsets.UTF_8), value);
    }

    private static final class Counted implements IntakeMeasures {
        private final AtomicInteger unreadable = new AtomicInteger();

        @Override
        public void slots(int count, IntSupplier busy) {}

        @Override
        public void redelivered() {}

        @Override
        public void deadLettered() {
            unreadable.incrementAndGet();
        }

        @Override
        public void executionEnded(String event, double seconds) {}
    }
}
