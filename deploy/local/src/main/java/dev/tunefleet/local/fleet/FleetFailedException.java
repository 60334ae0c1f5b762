package dev.tunefleet.local.fleet;

/** A fleet that cannot start or cannot go on; the message says which program and where its log is. */
public final class FleetFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public FleetFailedException(String message) {
        super(message);
    }
}
