package dev.tunefleet.worker.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Assignment.TrialSpec;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.TrialId;
import dev.tunefleet.common.wire.Codecs;
import dev.tunefleet.worker.reports.ReportLostException;
import dev.tunefleet.worker.reports.UnsendableReportException;
import dev.tunefleet.worker.train.Outbox;
import dev.tunefleet.worker.train.Signal;
import dev.tunefleet.worker.train.Trials;

import static dev.tunefleet.worker.train.Trials.aTrial;
import static dev.tunefleet.worker.train.Trials.aWaveStudy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What happens around a training, with everything outside of the worker faked; slots run when the test says so. */
class WorkbenchTest {

    private static final long SECOND = 1_000_000_000L;

    private final List<String> log = new ArrayList<>();
    private final List<TrialEvent> events = new ArrayList<>();
    private final RecordedReports reports = new RecordedReports(log, events);
    private final Deque<Runnable> slotsToRun = new ArrayDeque<>();
    private final Directives directives = new Directives();
    private Consumer<Supplier<Signal>> during = signals -> {};
    private Optional<Checkpoint> onTheWay = Optional.empty();
    private boolean isGone;
    private boolean equipped = true;
    private boolean graveyardAway;
    private long now;

    private final Workbench workbench = new Workbench(
            new Workbench.Parts(
                    "worker-1", new Slots(2), directives, new RecordedWork(), reports, this::bury, new NoMeasures()),
            slotsToRun::add,
            () -> now,
            Duration.ZERO);

    @Test
    void aRecordIsAnnouncedBeforeItIsAcceptedAndAcceptedBeforeItRuns() {
        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(log)
                .containsExactly("delivered TrialStarted", "accepted", "ran births/1#1", "delivered TrialReleased");
        assertThat(workbench.idle()).isTrue();
        assertThat(workbench.wantsWork()).isTrue();
    }

    @Test
    void aRecordThatCannotBeAnnouncedIsGivenToSomebodyElse() {
        reports.away = true;

        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(log).containsExactly("released");
        assertThat(workbench.wantsWork()).isTrue();
    }

    @Test
    void nothingIsTakenWhileWhatEveryTrialNeedsIsAway() {
        equipped = false;
        boolean without = workbench.wantsWork();

        equipped = true;

        assertThat(without).isFalse();
        assertThat(workbench.wantsWork()).isTrue();
    }

    @Test
    void anUnreadableRecordIsBuriedAndItsTrialReportedByTheKey() {
        byte[] unreadable = "{\"type\":\"of tomorrow\",\"version\":1,\"body\":{\"attempt\":{\"number\":3}}}"
                .getBytes(StandardCharsets.UTF_8);

        workbench.take(delivery("births/7", unreadable));

        assertThat(log).containsExactly("buried", "delivered TrialFailed", "rejected");
        assertThat(events.getFirst()).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_DATA);
            assertThat(failed.execution().attempt()).isEqualTo(attempt(7, 3));
            assertThat(failed.message()).contains("of tomorrow");
        });
    }

    @Test
    void aRecordThatLacksFieldsIsBuriedAndTheNextOneIsTaken() {
        byte[] empty = "{\"type\":\"trial-spec\",\"version\":1,\"body\":{}}".getBytes(StandardCharsets.UTF_8);

        workbench.take(delivery("births/7", empty));
        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(log)
                .startsWith("buried", "delivered TrialFailed", "rejected", "delivered TrialStarted")
                .contains("ran births/1#1");
    }

    @Test
    void anUnreadableRecordThatCannotBeBuriedIsGivenBack() {
        graveyardAway = true;

        workbench.take(delivery("births/7", new byte[] {1, 2}));

        assertThat(log).containsExactly("released");
    }

    @Test
    void anUnreadableRecordWithoutAUsableKeyIsBuriedAlone() {
        workbench.take(delivery("nonsense", new byte[] {1, 2}));

        assertThat(log).containsExactly("buried", "rejected");
        assertThat(workbench.wantsWork()).isTrue();
    }

    @Test
    void anUnreadableRecordWhoseFailureCannotBeReportedComesAgain() {
        reports.away = true;

        workbench.take(delivery("births/7", new byte[] {1, 2}));

        assertThat(log).containsExactly("buried", "released");
        assertThat(workbench.wantsWork()).isTrue();
    }

    @Test
    void anAttemptThatADirectiveStopsIsNotBegun() {
        directives.put("births/1", new Directive.StopTrial(attempt(1, 1)));

        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(log).containsExactly("accepted", "sent TrialStopped");
    }

    @Test
    void aDirectiveStopsTheExecutionThatRuns() {
        var seen = new ArrayList<Signal>();
        during = signals -> {
            seen.add(signals.get());
            directives.put("births/1", new Directive.StopStudy(new StudyId("births")));
            workbench.directivesChanged();
            seen.add(signals.get());
        };

        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(seen).containsExactly(Signal.GO_ON, Signal.STOP);
    }

    @Test
    void anotherExecutionThatOwnsTheAttemptStopsThisOne() {
        workbench.take(delivery(trial(1, false)));
        directives.put("births/1", new Directive.Own(attempt(1, 1), java.util.UUID.randomUUID()));

        runSlots();

        assertThat(log).containsExactly("delivered TrialStarted", "accepted", "delivered TrialStopped");
    }

    @Test
    void aSilentExecutionIsReportedAliveEveryFewSeconds() {
        during = signals -> {
            for (int second = 0; second < 10; second++) {
                now += SECOND;
                workbench.beat();
            }
        };

        workbench.take(delivery(trial(1, false)));
        runSlots();

        assertThat(events)
                .filteredOn(TrialEvent.TrialProgressed.class::isInstance)
                .hasSize(2);
    }

    @Test
    void aTrialThatMustBeAloneIsSaidToWaitUntilItBegins() {
        workbench.take(delivery(trial(1, false)));
        workbench.take(delivery(trial(2, true)));
        boolean wants = workbench.wantsWork();
        now += 5 * SECOND;
        workbench.beat();

        runSlots();

        assertThat(wants).isFalse();
        assertThat(log)
                .containsExactly(
                        "delivered TrialStarted",
                        "accepted",
                        "delivered TrialWaits",
                        "accepted",
                        "sent TrialProgressed",
                        "sent TrialWaits",
                        "ran births/1#1",
                        "delivered TrialReleased",
                        "delivered TrialStarted",
                        "ran births/2#1",
                        "delivered TrialReleased");
        assertThat(workbench.idle()).isTrue();
    }

    @Test
    void aTrialThatHasWaitedIsReportedAliveLikeAnyOtherOnceItRuns() {
        workbench.take(delivery(trial(1, false)));
        workbench.take(delivery(trial(2, true)));
        slotsToRun.poll().run();
        during = signals -> {
            now += 5 * SECOND;
            workbench.beat();
        };

        runSlots();

        assertThat(log).endsWith("ran births/2#1", "sent TrialProgressed", "delivered TrialReleased");
    }

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

    static Stream<Throwable> failures() {
        return Stream.of(new IllegalStateException("It broke."), new LinkageError("It broke."));
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

    private static void sneak(Throwable failure) {
        switch (failure) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalArgumentException(failure);
        }
    }

    private final class RecordedWork implements Work {
        @Override
        public TrialEvent run(Assignment assignment, Execution execution, Supplier<Signal> signals, Outbox outbox) {
            log.add("ran " + assignment.attempt());
            onTheWay.ifPresent(checkpoint -> outbox.send(new TrialEvent.CheckpointStored(execution, checkpoint)));
            onTheWay.filter(checkpoint -> isGone)
                    .ifPresent(checkpoint -> outbox.send(new TrialEvent.CheckpointGone(execution, checkpoint)));
            during.accept(signals);
            return new TrialEvent.TrialReleased(execution, Optional.empty());
        }

        @Override
        public boolean equipped() {
            return equipped;
        }
    }

    private void runSlots() {
        while (!slotsToRun.isEmpty()) {
            slotsToRun.poll().run();
        }
    }

    private static TrialSpec trial(int number, boolean alone) {
        TrialSpec spec = aTrial(aWaveStudy(3), Trials.SMALL, 3);
        return new TrialSpec(
                attempt(number, 1),
                spec.study(),
                spec.configuration(),
                3,
                Optional.empty(),
                7,
                alone,
                Optional.empty());
    }

    private static AttemptId attempt(int trial, int number) {
        return new AttemptId(new TrialId(new StudyId("births"), trial), number);
    }

    private Delivery delivery(TrialSpec spec) {
        return delivery(spec.attempt().trial().toString(), Codecs.ASSIGNMENT.write(spec));
    }

    private Delivery delivery(String key, byte[] value) {
        return new Delivery(
                Optional.of(key.getBytes(StandardCharsets.UTF_8)),
                Optional.of(value),
                "trials-0@0",
                1,
                new Delivery.Answer() {
                    @Override
                    public void accept() {
                        log.add("accepted");
                    }

                    @Override
                    public void reject() {
                        log.add("rejected");
                    }

                    @Override
                    public void release() {
                        log.add("released");
                    }
                });
    }

    private void bury(Delivery delivery, String reason) {
        if (graveyardAway) {
            throw new ReportLostException("The record could not be buried.", null);
        }
        log.add("buried");
    }
}
