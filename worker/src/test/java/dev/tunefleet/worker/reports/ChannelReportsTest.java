package dev.tunefleet.worker.reports;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.smallrye.reactive.messaging.kafka.Record;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.TrialId;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChannelReportsTest {

    private static final TrialEvent EVENT = new TrialEvent.TrialStarted(
            new Execution(new AttemptId(new TrialId(new StudyId("births"), 1), 1), new UUID(1, 2), "worker-1"));

    static Stream<Throwable> passing() {
        return Stream.of(
                new TimeoutException("Expiring 1 record(s)"),
                new TopicAuthorizationException("tunefleet.events"),
                new IllegalStateException("Retries exhausted", new TimeoutException("Expiring 1 record(s)")));
    }

    static Stream<Throwable> lasting() {
        return Stream.of(
                new RecordTooLargeException("1048577 bytes"),
                new SerializationException("It cannot be written."),
                new IllegalStateException("Given up", new RecordTooLargeException("1048577 bytes")));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatTheBrokersDoNotTakeNowTheyMayTakeLater(Throwable failure) {
        Reports reports = failingWith(failure);

        assertThatThrownBy(() -> reports.deliver(EVENT))
                .isExactlyInstanceOf(ReportLostException.class)
                .hasMessageContaining("TrialStarted of births/1#1")
                .hasMessageContaining(failure.getMessage());
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void whatNoBrokerWillEverTakeIsSaidToBeUnsendable(Throwable failure) {
        Reports reports = failingWith(failure);

        assertThatThrownBy(() -> reports.deliver(EVENT)).isInstanceOf(UnsendableReportException.class);
    }

    @Test
    void aFullChannelMayHaveRoomLater() {
        Reports reports = new ChannelReports(
                new FakeEmitter(() -> {
                    throw new IllegalStateException("It is full.");
                }),
                new FakeEmitter(() -> CompletableFuture.completedStage(null)));

        assertThatThrownBy(() -> reports.deliver(EVENT)).isExactlyInstanceOf(ReportLostException.class);
    }

    private static Reports failingWith(Throwable failure) {
        return new ChannelReports(
                new FakeEmitter(() -> CompletableFuture.failedStage(failure)),
                new FakeEmitter(() -> CompletableFuture.completedStage(null)));
    }

    /** A channel that answers each record alike. */
    private record FakeEmitter(Supplier<CompletionStage<Void>> answer) implements Emitter<Record<String, byte[]>> {
        @Override
        public CompletionStage<Void> send(Record<String, byte[]> record) {
            return answer.get();
        }

        @Override
        public <M extends Message<? extends Record<String, byte[]>>> void send(M message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void complete() {}

        @Override
        public void error(Exception failure) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean hasRequests() {
            return true;
        }
    }
}
