package dev.tunefleet.worker.intake;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the tickets in this worker may run: as many as there are slots, or one that runs alone. A ticket that must be alone
 * waits until the others have ended, and nothing is taken meanwhile. Thread-safe.
 */
final class Slots {

    /** Something that wants a slot. */
    interface Ticket {
        boolean alone();
    }

    private final int count;
    private final Set<Ticket> running = new LinkedHashSet<>();
    private Optional<Ticket> waiting = Optional.empty();
    private boolean draining;

    Slots(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("The slots (" + count + ") of a worker must be at least 1.");
        }
        this.count = count;
    }

    int count() {
        return count;
    }

    synchronized int busy() {
        return running.size() + (waiting.isPresent() ? 1 : 0);
    }

    /** Whether a record may be taken from the queue now. */
    synchronized boolean mayTake() {
        return !draining
                && waiting.isEmpty()
                && running.size() < count
                && running.stream().noneMatch(Ticket::alone);
    }

    /** Whether {@code ticket}, taken in now, would have to wait. */
    synchronized boolean mustWait(Ticket ticket) {
        return ticket.alone() && !running.isEmpty();
    }

    /**
     * Takes {@code ticket} in.
     *
     * @return whether it may begin now
     */
    synchronized boolean admit(Ticket ticket) {
        if (waiting.isPresent() || running.size() >= count || running.stream().anyMatch(Ticket::alone)) {
            throw new IllegalStateException("A ticket must only be taken when there is a slot for it.");
        }
        if (mustWait(ticket)) {
            waiting = Optional.of(ticket);
            return false;
        }
        running.add(ticket);
        return true;
    }

    /**
     * {@code ticket} has ended.
     *
     * @return the tickets that may begin now
     */
    synchronized List<Ticket> release(Ticket ticket) {
        running.remove(ticket);
        if (waiting.isEmpty() || !running.isEmpty()) {
            return List.of();
        }
        Ticket next = waiting.get();
        waiting = Optional.empty();
        running.add(next);
        return List.of(next);
    }

    /** Nothing is taken any more. */
    synchronized void drain() {
        draining = true;
    }

    synchronized boolean draining() {
        return draining;
    }
}
