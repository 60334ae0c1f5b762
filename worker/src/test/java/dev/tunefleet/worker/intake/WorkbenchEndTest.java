package dev.tunefleet.worker.intake;

import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.worker.reports.UnsendableReportException;
import dev.tunefleet.worker.train.Signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How executions end: what is delivered at last, what is given back, and that each frees its slot. */
class WorkbenchEndTest extends WithWorkbench {

    @Test
    void aDrainReleasesWhatRunsAndWhatWaits() {
        var seen = new ArrayList<Signal>();
        during = signals -> {
            workbench.drain();
            seen.add(signals.get());
        };
        workbench.take(delivery(trial(1, false)));
        workbench.take(delivery(trial(2, true)));

        runSlots();

        assertThat(seen).containsExactly(Signal.RELEASE);
        assertThat(log).doesNotContain("ran births/2#1");
        assertThat(events)
                .filteredOn(TrialEvent.TrialReleased.class::isInstance)
                .hasSize(2);
        assertThat(workbench.wantsWork()).isFalse();
        assertThat(workbench.idle()).isTrue();
    }

    @Test
    void whatCannotEndInTimeIsGivenBackOnceWithItsNewestCheckpoint() {
        var checkpoint = new Checkpoint(2, new BlobRef("checkpoints/births/1/2-x", "ab", 1));
        onTheWay = Optional.of(checkpoint);
        during = signals -> {
            workbench.drain();
            workbench.handOver();
        };

        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(events)
                .filteredOn(TrialEvent.TrialReleased.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(TrialEvent.TrialReleased.class, released -> assertThat(released.checkpoint())
                        .contains(checkpoint));
        assertThat(workbench.idle()).isTrue();
    }

    @Test
    void whatBeganAnewAndCannotEndInTimeIsGivenBackWithoutTheCheckpointThatIsGone() {
        var checkpoint = new Checkpoint(2, new BlobRef("checkpoints/births/1/2-x", "ab", 1));
        onTheWay = Optional.of(checkpoint);
        isGone = true;
        during = signals -> {
            workbench.drain();
            workbench.handOver();
        };

        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(events)
                .filteredOn(TrialEvent.TrialReleased.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(TrialEvent.TrialReleased.class, released -> assertThat(released.checkpoint())
                        .isEmpty());
    }

    @Test
    void aLastReportIsSentUntilTheBrokersHaveItAndTheExecutionIsAliveMeanwhile() {
        var busy = new ArrayList<Integer>();
        during = signals -> reports.beforeEach = () -> {
            reports.away = busy.size() < 5;
            busy.add(workbench.busy());
            now += 5 * SECOND;
            workbench.beat();
        };

        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(busy).containsExactly(1, 1, 1, 1, 1, 1);
        assertThat(log.subList(3, log.size()))
                .containsExactly(
                        "sent TrialProgressed",
                        "sent TrialProgressed",
                        "sent TrialProgressed",
                        "sent TrialProgressed",
                        "sent TrialProgressed",
                        "sent TrialProgressed",
                        "delivered TrialReleased");
        assertThat(workbench.idle()).isTrue();
        assertThat(workbench.wantsWork()).isTrue();
    }

    @Test
    void theNewestCheckpointIsReportedUntilTheBrokersHaveHeardOfIt() {
        onTheWay = Optional.of(new Checkpoint(2, new BlobRef("checkpoints/births/1/2-x", "ab", 1)));
        during = signals -> {
            workbench.beat();
            reports.away = false;
            workbench.beat();
            workbench.beat();
        };

        workbench.take(delivery(trial(1, false)));
        reports.away = true;
        runSlots();

        assertThat(log.subList(2, log.size()))
                .containsExactly(
                        "ran births/1#1",
                        "sent CheckpointStored",
                        "sent CheckpointStored",
                        "sent CheckpointStored",
                        "delivered TrialReleased");
    }

    @Test
    void aCheckpointThatTheBrokersHaveNotHeardOfIsForgottenOnceThereIsANewer() {
        var older = new Checkpoint(2, new BlobRef("checkpoints/births/1/2-x", "ab", 1));
        var newer = new Checkpoint(3, new BlobRef("checkpoints/births/1/3-x", "cd", 1));
        var running = new Running(trial(1, false), new Execution(attempt(1, 1), UUID.randomUUID(), "worker-1"), 0);
        var report = new TrialEvent.CheckpointStored(running.execution(), older);

        running.reported(report, 1);
        running.reported(new TrialEvent.CheckpointStored(running.execution(), newer), 2);
        running.unheard(report);

        assertThat(running.repeat()).isEmpty();
    }

    @Test
    void aLastReportIsSentThoughADirectiveSaysToStop() {
        during = signals -> reports.beforeEach = () -> {
            reports.away = !reports.away;
            directives.put("births/1", new Directive.StopStudy(new StudyId("births")));
            workbench.directivesChanged();
        };

        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(log).endsWith("ran births/1#1", "delivered TrialReleased");
    }

    @Test
    void aLastReportThatCanNeverBeSentFreesTheSlotAllTheSame() {
        during = signals -> reports.beforeEach = () -> {
            throw new UnsendableReportException("It is too large.", null);
        };

        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(log).endsWith("ran births/1#1");
        assertThat(workbench.idle()).isTrue();
        assertThat(workbench.wantsWork()).isTrue();
    }

    @Test
    void aLastReportIsGivenUpAtTheEndOfADrainAndNothingElseIsSaidOfTheExecution() {
        var tries = new AtomicInteger();
        during = signals -> {
            reports.away = true;
            reports.beforeEach = () -> {
                if (tries.incrementAndGet() == 3) {
                    workbench.drain();
                    workbench.handOver();
                    Thread.currentThread().interrupt();
                }
            };
        };

        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(tries).hasValue(3);
        assertThat(log).endsWith("ran births/1#1");
        assertThat(workbench.idle()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void workThatBreaksOffIsReportedAsFailedAndFreesItsSlot(Throwable failure) {
        during = signals -> sneak(failure);

        workbench.take(delivery(trial(1, false)));
        runSlots();
        now += 5 * SECOND;
        workbench.beat();

        assertThat(events.getLast()).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.ERROR);
            assertThat(failed.execution().attempt()).isEqualTo(attempt(1, 1));
            assertThat(failed.message()).contains("It broke.");
        });
        assertThat(workbench.idle()).isTrue();
        assertThat(workbench.busy()).isZero();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void workWhoseFailureCannotEvenBeToldFallsSilentAndFreesItsSlot(Throwable failure) {
        during = signals -> {
            reports.beforeEach = () -> sneak(failure);
            sneak(failure);
        };
        workbench.take(delivery(trial(1, false)));
        workbench.take(delivery(trial(2, true)));

        assertThatThrownBy(this::runSlots).isSameAs(failure);
        reports.beforeEach = () -> {};
        during = signals -> {};
        runSlots();
        now += 5 * SECOND;
        workbench.beat();

        assertThat(log).endsWith("ran births/2#1", "delivered TrialReleased");
        assertThat(workbench.idle()).isTrue();
        assertThat(workbench.busy()).isZero();
    }

    static Stream<Throwable> failures() {
        return Stream.of(new IllegalStateException("It broke."), new LinkageError("It broke."));
    }

    private static void sneak(Throwable failure) {
        switch (failure) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalArgumentException(failure);
        }
    }
}
