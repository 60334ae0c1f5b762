package dev.tunefleet.worker.reports;

import java.time.Duration;

import dev.tunefleet.common.trial.TrialEvent;

/**
 * Delivers what must not be lost for brokers that are away for a while: all the work of an execution is in its last event. It ends
 * when the brokers have the event, when they can never have it, or with its thread.
 */
public final class PatientReports {

    private static final System.Logger LOG = System.getLogger(PatientReports.class.getName());

    private final Reports reports;
    private final Duration pause;

    /** @param pause between two tries, which may fail at once */
    public PatientReports(Reports reports, Duration pause) {
        this.reports = reports;
        this.pause = pause;
    }

    /** Sends {@code event} until every in-sync copy of it is stored; a loss is logged. */
    public void deliver(TrialEvent event) {
        boolean again = true;
        while (again) {
            try {
                reports.deliver(event);
                again = false;
            } catch (UnsendableReportException never) {
                LOG.log(System.Logger.Level.ERROR, never.getMessage());
                again = false;
            } catch (ReportLostException lost) {
                LOG.log(System.Logger.Level.WARNING, "{0} It is sent again.", lost.getMessage());
                again = rested(event);
            }
        }
    }

    /** Whether the thread may go on. Where it may not, the coordinator misses the event and gives the attempt to somebody else. */
    private boolean rested(TrialEvent event) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The worker ends and the brokers are still away: the {0} of {1} is lost.",
                    event.getClass().getSimpleName(),
                    event.execution().attempt());
            return false;
        }
    }
}
