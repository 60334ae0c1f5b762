package dev.tunefleet.coordinator.security;

import java.io.Serial;

/** The issuer of tokens does not say what its keys are: nobody can tell a right token from a wrong one. */
final class IssuerAwayException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    IssuerAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
