package dev.tunefleet.worker.intake;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.WorkerStatus;
import dev.tunefleet.worker.reports.ReportLostException;
import dev.tunefleet.worker.reports.Reports;

/** Keeps what is reported, unless it is told to be away or to break. */
final class RecordedReports implements Reports {

    private final List<String> log;
    private final List<TrialEvent> events;
    boolean away;
    Runnable beforeEach = () -> {};

    RecordedReports(List<String> log, List<TrialEvent> events) {
        this.log = log;
        this.events = events;
    }

    @Override
    public void deliver(TrialEvent event) {
        beforeEach.run();
        if (away) {
            throw new ReportLostException("away", new IllegalStateException());
        }
        events.add(event);
        log.add("delivered " + event.getClass().getSimpleName());
    }

    @Override
    public CompletionStage<Void> send(TrialEvent event) {
        events.add(event);
        log.add("sent " + event.getClass().getSimpleName());
        return away
                ? CompletableFuture.failedStage(new IllegalStateException("away"))
                : CompletableFuture.completedStage(null);
    }

    @Override
    public void send(WorkerStatus status) {
        log.add("status");
    }

    @Override
    public void retire(String worker) {
        log.add("retired");
    }
}
