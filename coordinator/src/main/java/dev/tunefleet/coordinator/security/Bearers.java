package dev.tunefleet.coordinator.security;

import java.util.Optional;

/** Knows what the bearer of a token may do. Thread-safe. */
@FunctionalInterface
interface Bearers {

    /**
     * The role of whoever shows {@code token}; empty when it is none of ours.
     *
     * @throws IssuerAwayException when that cannot be said now
     */
    Optional<Role> roleOf(String token);

    /** These, and {@code others} for a token that these do not know. */
    default Bearers or(Bearers others) {
        return token -> roleOf(token).or(() -> others.roleOf(token));
    }
}
