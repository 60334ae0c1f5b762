package dev.tunefleet.coordinator.security;

/** What becomes of a request. */
sealed interface Verdict {

    /** It goes on. */
    record Pass() implements Verdict {}

    /** It ends here with an HTTP status and a sentence. */
    record Refuse(int status, String detail) implements Verdict {}
}
