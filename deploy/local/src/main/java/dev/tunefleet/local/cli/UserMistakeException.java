package dev.tunefleet.local.cli;

/** Something the user gave cannot be used; the message says what and why. */
final class UserMistakeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UserMistakeException(String message) {
        super(message);
    }
}
