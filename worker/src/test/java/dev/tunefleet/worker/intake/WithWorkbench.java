package dev.tunefleet.worker.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Assignment.TrialSpec;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.TrialId;
import dev.tunefleet.common.wire.Codecs;
import dev.tunefleet.worker.reports.ReportLostException;
import dev.tunefleet.worker.train.Outbox;
import dev.tunefleet.worker.train.Signal;
import dev.tunefleet.worker.train.Trials;

import static dev.tunefleet.worker.train.Trials.aTrial;
import static dev.tunefleet.worker.train.Trials.aWaveStudy;

/** A workbench with everything outside of the worker faked; slots run when the test says so. */
abstract class WithWorkbench {

    static final long SECOND = 1_000_000_000L;

    final List<String> log = new ArrayList<>();
    final List<TrialEvent> events = new ArrayList<>();
    final RecordedReports reports = new RecordedReports(log, events);
    final Deque<Runnable> slotsToRun = new ArrayDeque<>();
    final Directives directives = new Directives();
    Consumer<Supplier<Signal>> during = signals -> {};
    Optional<Checkpoint> onTheWay = Optional.empty();
    boolean isGone;
    boolean equipped = true;
    boolean graveyardAway;
    long now;

    final Workbench workbench = new Workbench(
            new Workbench.Parts(
                    "worker-1", new Slots(2), directives, new RecordedWork(), reports, this::bury, new NoMeasures()),
            slotsToRun::add,
            () -> now,
            Duration.ZERO);

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

    void runSlots() {
        while (!slotsToRun.isEmpty()) {
            slotsToRun.poll().run();
        }
    }

    static TrialSpec trial(int number, boolean alone) {
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

    static AttemptId attempt(int trial, int number) {
        return new AttemptId(new TrialId(new StudyId("births"), trial), number);
    }

    Delivery delivery(TrialSpec spec) {
        return delivery(spec.attempt().trial().toString(), Codecs.ASSIGNMENT.write(spec));
    }

    Delivery delivery(String key, byte[] value) {
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

    void bury(Delivery delivery, String reason) {
        if (graveyardAway) {
            throw new ReportLostException("The record could not be buried.", null);
        }
        log.add("buried");
    }
}
