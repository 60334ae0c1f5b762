package dev.tunefleet.worker.reports;

/** An event was not acknowledged by the brokers in time. */
public sealed class ReportLostException extends RuntimeException permits UnsendableReportException {

    private static final long serialVersionUID = 1;

    public ReportLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
