package dev.tunefleet.worker.intake;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.quarkus.runtime.StartupEvent;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.WorkerStatus;
import dev.tunefleet.worker.reports.Reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class IntakeTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void anIntakeThatCannotPrepareIsNotAliveAndSaysWhy() {
        var noSuchProtocol =
                new KafkaAccess(Map.of("bootstrap.servers", "127.0.0.1:1", "security.protocol", "NONSENSE"));
        var identity = new WorkerIdentity("worker-1", 1, 1 << 20, Duration.ofSeconds(1), Optional.empty());
        var intake = new Intake(
                identity,
                noSuchProtocol,
                new NoReports(),
                (assignment, execution, signals, reports) -> new TrialEvent.TrialReleased(execution, Optional.empty()),
                new NoMeasures());

        intake.start(new StartupEvent());

        await().atMost(SOON).until(() -> !intake.alive());
        assertThat(intake.unready()).contains("The thread intake").contains("NONSENSE");
    }

    @Test
    void aWorkerWhoseReportsFailIsNotAliveAndSaysWhy() {
        var identity = new WorkerIdentity("worker-1", 1, 1 << 20, Duration.ofSeconds(1), Optional.empty());
        var intake = new Intake(
                identity,
                new KafkaAccess(Map.of("bootstrap.servers", "127.0.0.1:1")),
                new BrokenReports(),
                (assignment, execution, signals, reports) -> new TrialEvent.TrialReleased(execution, Optional.empty()),
                new NoMeasures());

        intake.beginReports();

        await().atMost(SOON).until(() -> !intake.alive());
        assertThat(intake.unready()).contains("The thread beat").contains("no room for a report");
    }

    private static class NoReports implements Reports {
        @Override
        public void deliver(TrialEvent event) {}

        @Override
        public CompletionStage<Void> send(TrialEvent event) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void send(WorkerStatus status) {}

        @Override
        public void retire(String worker) {}
    }

    private static final class BrokenReports extends NoReports {
        @Override
        public void send(WorkerStatus status) {
            throw new IllegalStateException("no room for a report");
        }
    }
}
