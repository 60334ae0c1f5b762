package dev.tunefleet.local.cli;

/** The study is run by another process of this user. */
final class AlreadyRunningException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AlreadyRunningException(String message) {
        super(message);
    }
}
