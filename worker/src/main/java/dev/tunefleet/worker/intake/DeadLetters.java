package dev.tunefleet.worker.intake;

/** Where records go that nobody can read. */
interface DeadLetters {

    /**
     * Keeps {@code delivery} for a person to look at.
     *
     * @throws dev.tunefleet.worker.reports.ReportLostException when the brokers did not take it in time; the record is kept nowhere yet
     */
    void bury(Delivery delivery, String reason);
}
