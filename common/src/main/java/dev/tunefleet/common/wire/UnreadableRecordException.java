package dev.tunefleet.common.wire;

/** A record that cannot be understood; it goes to the dead-letter topic. */
public final class UnreadableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableRecordException(String message) {
        super(message);
    }
}
