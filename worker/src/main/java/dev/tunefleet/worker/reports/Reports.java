package dev.tunefleet.worker.reports;

import java.util.concurrent.CompletionStage;

import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.WorkerStatus;

/** Where a worker's messages go. Thread-safe; the events of one study arrive in the order in which they are given. */
public interface Reports {

    /**
     * Sends {@code event} and returns once every in-sync copy of it is stored.
     *
     * @throws ReportLostException when that does not happen in time; an {@link UnsendableReportException} when it never will
     */
    void deliver(TrialEvent event);

    /**
     * Sends {@code event} and does not wait; a loss is logged.
     *
     * @return ends when every in-sync copy of the event is stored, with an exception when it is lost
     */
    CompletionStage<Void> send(TrialEvent event);

    void send(WorkerStatus status);

    /** Says that {@code worker} is gone. */
    void retire(String worker);
}
