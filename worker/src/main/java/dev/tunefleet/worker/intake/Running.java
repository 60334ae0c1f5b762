package dev.tunefleet.worker.intake;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.worker.train.Signal;

/** An execution in a slot, or waiting to be alone: what it is told, and when it was last heard of. Thread-safe. */
final class Running implements Slots.Ticket {

    private final Assignment assignment;
    private final Execution execution;
    private final AtomicReference<Signal> signal = new AtomicReference<>(Signal.GO_ON);
    private volatile long lastReport;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean waits;
    private volatile int epoch;
    private volatile Optional<Checkpoint> checkpoint;
    private final AtomicReference<Optional<TrialEvent.CheckpointStored>> unheard =
            new AtomicReference<>(Optional.empty());

    Running(Assignment assignment, Execution execution, long now) {
        this.assignment = assignment;
        this.execution = execution;
        this.lastReport = now;
        this.checkpoint = assignment instanceof Assignment.TrialSpec spec ? spec.resumeFrom() : Optional.empty();
        this.epoch = checkpoint.map(Checkpoint::epoch).orElse(0);
    }

    Assignment assignment() {
        return assignment;
    }

    Execution execution() {
        return execution;
    }

    @Override
    public boolean alone() {
        return assignment instanceof Assignment.TrialSpec spec && spec.alone();
    }

    Signal signal() {
        return signal.get();
    }

    /** To stop wins over to be released. */
    void stop() {
        signal.set(Signal.STOP);
    }

    void release() {
        signal.compareAndSet(Signal.GO_ON, Signal.RELEASE);
    }

    /** It is taken in, but something else must end before it begins. */
    void waits() {
        waits = true;
    }

    /** From now on it runs; whether it was said to wait. */
    boolean begins() {
        boolean waited = waits;
        waits = false;
        return waited;
    }

    /** What says that it is still there. */
    TrialEvent alive() {
        return waits ? new TrialEvent.TrialWaits(execution) : new TrialEvent.TrialProgressed(execution, epoch);
    }

    void reported(TrialEvent event, long now) {
        lastReport = now;
        if (event instanceof TrialEvent.EpochMeasured measured) {
            epoch = measured.measurement().epoch();
        }
        if (event instanceof TrialEvent.CheckpointStored stored) {
            checkpoint = Optional.of(stored.checkpoint());
        }
        if (event instanceof TrialEvent.CheckpointGone) {
            checkpoint = Optional.empty();
        }
    }

    /** The brokers did not take {@code stored}, which is to be repeated where there is no newer one. */
    void unheard(TrialEvent.CheckpointStored stored) {
        if (checkpoint.equals(Optional.of(stored.checkpoint()))) {
            unheard.set(Optional.of(stored));
        }
    }

    /** What is to be repeated; given once. */
    Optional<TrialEvent.CheckpointStored> repeat() {
        return unheard.getAndSet(Optional.empty());
    }

    /** The newest that has been reported, or the one it began from where that is not gone. */
    Optional<Checkpoint> checkpoint() {
        return checkpoint;
    }

    /** Whether the caller, as the first, may report the last event. */
    boolean end() {
        return over.compareAndSet(false, true);
    }

    /** Nanoseconds since it was last heard of. */
    long silence(long now) {
        return now - lastReport;
    }
}
