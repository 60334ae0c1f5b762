package dev.tunefleet.worker.reports;

/** An event was not acknowledged by the brokers and never will be, however often it is sent. */
public final class UnsendableReportException extends ReportLostException {

    private static final long serialVersionUID = 1;

    public UnsendableReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
