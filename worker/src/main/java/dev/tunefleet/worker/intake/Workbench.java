package dev.tunefleet.worker.intake;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.wire.Codecs;
import dev.tunefleet.common.wire.UnreadableRecordException;
import dev.tunefleet.worker.reports.PatientReports;
import dev.tunefleet.worker.reports.ReportLostException;
import dev.tunefleet.worker.reports.Reports;

/**
 * What becomes of a record from the queue: read, announced, accepted, run in a slot, reported to its end. It is announced
 * before it is accepted, so that a worker which dies in between costs nothing. Knows no client; thread-safe.
 */
final class Workbench {

    private static final System.Logger LOG = System.getLogger(Workbench.class.getName());
    private static final long SILENCE = 4_000_000_000L;

    private final String worker;
    private final Slots slots;
    private final Directives directives;
    private final Work work;
    private final Reports reports;
    private final PatientReports lastReports;
    private final DeadLetters deadLetters;
    private final IntakeMeasures measures;
    private final Executor threads;
    private final LongSupplier clock;
    private final Set<Running> present = ConcurrentHashMap.newKeySet();

    /** @param pause between two tries to deliver a last report */
    Workbench(Parts parts, Executor threads, LongSupplier clock, Duration pause) {
        this.worker = parts.worker();
        this.slots = parts.slots();
        this.directives = parts.directives();
        this.work = parts.work();
        this.reports = parts.reports();
        this.lastReports = new PatientReports(parts.reports(), pause);
        this.deadLetters = parts.deadLetters();
        this.measures = parts.measures();
        this.threads = threads;
        this.clock = clock;
    }

    /** What a workbench is made of. */
    record Parts(
            String worker,
            Slots slots,
            Directives directives,
            Work work,
            Reports reports,
            DeadLetters deadLetters,
            IntakeMeasures measures) {}

    boolean wantsWork() {
        return slots.mayTake() && work.equipped();
    }

    /** Takes a record; only when {@link #wantsWork}. */
    void take(Delivery delivery) {
        if (delivery.count() > 1) {
            measures.redelivered();
        }
        Assignment assignment;
        try {
            assignment = Codecs.ASSIGNMENT.read(delivery.value().orElse(null));
        } catch (UnreadableRecordException | IllegalArgumentException unreadable) {
            bury(delivery, unreadable.getMessage());
            return;
        }
        var execution = new Execution(assignment.attempt(), UUID.randomUUID(), worker);
        if (directives.stop(execution)) {
            delivery.answer().accept();
            reports.send(stopped(assignment, execution));
            return;
        }
        var running = new Running(assignment, execution, clock.getAsLong());
        try {
            announce(running);
        } catch (ReportLostException lost) {
            LOG.log(System.Logger.Level.WARNING, "{0} is given back: {1}", assignment.attempt(), lost.getMessage());
            delivery.answer().release();
            return;
        }
        delivery.answer().accept();
        present.add(running);
        if (slots.admit(running)) {
            begin(running);
        }
    }

    /** What is said to wait may begin at once all the same, where the others end meanwhile; it says so then. */
    private void announce(Running running) {
        if (slots.mustWait(running)) {
            running.waits();
            reports.deliver(running.alive());
        } else {
            reports.deliver(new TrialEvent.TrialStarted(running.execution()));
        }
    }

    private void bury(Delivery delivery, String reason) {
        try {
            deadLetters.bury(delivery, reason);
            measures.deadLettered();
            Unreadable.failure(delivery, worker, reason).ifPresent(reports::deliver);
            delivery.answer().reject();
        } catch (ReportLostException lost) {
            LOG.log(System.Logger.Level.WARNING, "{0} is given back: {1}", delivery.where(), lost.getMessage());
            delivery.answer().release();
        }
    }

    private void begin(Running running) {
        threads.execute(() -> run(running));
    }

    /** Whatever happens: an execution that stayed here would be reported alive for ever, and keep its slot. */
    private void run(Running running) {
        long started = clock.getAsLong();
        try {
            TrialEvent last = runToItsEnd(running);
            // Until it is delivered, the execution is reported alive and keeps its slot.
            if (running.end()) {
                lastReports.deliver(last);
            }
            measures.executionEnded(last.getClass().getSimpleName(), (clock.getAsLong() - started) / 1e9);
        } finally {
            present.remove(running);
            slots.release(running).forEach(next -> begin((Running) next));
        }
    }

    private TrialEvent runToItsEnd(Running running) {
        try {
            heed(running);
            if (slots.draining()) {
                running.release();
            }
            return switch (running.signal()) {
                case STOP -> stopped(running.assignment(), running.execution());
                case RELEASE -> released(running);
                case GO_ON -> {
                    sayThatItBegins(running);
                    yield work.run(
                            running.assignment(), running.execution(), running::signal, event -> send(running, event));
                }
            };
        } catch (RuntimeException | Error failure) {
            LOG.log(System.Logger.Level.ERROR, running.assignment().attempt() + " broke off.", failure);
            return new TrialEvent.TrialFailed(running.execution(), FailureReason.ERROR, failure.toString(), 0);
        }
    }

    private CompletionStage<Void> send(Running running, TrialEvent event) {
        running.reported(event, clock.getAsLong());
        return offer(running, event);
    }

    private CompletionStage<Void> offer(Running running, TrialEvent event) {
        return reports.send(event).whenComplete((done, failure) -> {
            if (failure != null && event instanceof TrialEvent.CheckpointStored stored) {
                running.unheard(stored);
            }
        });
    }

    /** Told before it trains: one that ends its worker at once must not seem to wait still. */
    private void sayThatItBegins(Running running) {
        if (!running.begins()) {
            return;
        }
        try {
            reports.deliver(new TrialEvent.TrialStarted(running.execution()));
        } catch (ReportLostException lost) {
            // What it reports next says so as well.
            LOG.log(System.Logger.Level.WARNING, lost.getMessage());
        }
    }

    private static TrialEvent stopped(Assignment assignment, Execution execution) {
        return switch (assignment) {
            case Assignment.TrialSpec spec ->
                new TrialEvent.TrialStopped(execution, Optional.empty(), spec.resumeFrom());
            case Assignment.FinalEvaluation ignored ->
                new TrialEvent.TrialStopped(execution, Optional.empty(), Optional.empty());
        };
    }

    private static TrialEvent released(Running running) {
        return new TrialEvent.TrialReleased(running.execution(), running.checkpoint());
    }

    /** A directive has changed. */
    void directivesChanged() {
        present.forEach(this::heed);
    }

    private void heed(Running running) {
        if (directives.stop(running.execution())) {
            running.stop();
        }
    }

    /** Reports the executions that have been silent, and checkpoints that were not heard of; called every second. */
    void beat() {
        long now = clock.getAsLong();
        for (Running running : present) {
            running.repeat().ifPresent(stored -> offer(running, stored));
            if (running.silence(now) >= SILENCE) {
                TrialEvent alive = running.alive();
                running.reported(alive, now);
                reports.send(alive);
            }
        }
    }

    /** Nothing is taken any more, and what runs hands over what it has reached. */
    void drain() {
        slots.drain();
        present.forEach(Running::release);
    }

    /** After {@link #drain}, when time is up: gives back what still runs, as far as its newest checkpoint. */
    void handOver() {
        present.stream().filter(Running::end).forEach(this::giveBack);
    }

    /** Tried once, as the time is up. */
    private void giveBack(Running running) {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} could not end in time and is given back.",
                running.assignment().attempt());
        try {
            reports.deliver(released(running));
        } catch (ReportLostException lost) {
            // The coordinator will miss it and give the attempt to somebody else.
            LOG.log(System.Logger.Level.ERROR, lost.getMessage());
        }
    }

    boolean idle() {
        return present.isEmpty();
    }

    int busy() {
        return slots.busy();
    }
}
