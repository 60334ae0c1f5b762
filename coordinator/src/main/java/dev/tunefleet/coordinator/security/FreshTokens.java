package dev.tunefleet.coordinator.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

/** The tokens of a folder, read again from time to time, so that one can be exchanged without a restart. Thread-safe. */
final class FreshTokens implements Bearers {

    private static final Logger LOG = Logger.getLogger(FreshTokens.class);
    private static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private final Path folder;
    private final LongSupplier nanoseconds;
    private Tokens current;
    private long readAt;

    /**
     * Reads the folder for the first time.
     *
     * @throws IllegalArgumentException when there is no token in it
     */
    FreshTokens(Path folder, LongSupplier nanoseconds) {
        this.folder = folder;
        this.nanoseconds = nanoseconds;
        try {
            this.current = Tokens.in(folder);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "The folder (" + folder + ") of the API's tokens must be readable.", unreadable);
        }
        this.readAt = nanoseconds.getAsLong();
    }

    @Override
    public Optional<Role> roleOf(String token) {
        return current().roleOf(token);
    }

    private synchronized Tokens current() {
        long now = nanoseconds.getAsLong();
        if (now - readAt > GOOD_FOR.toNanos()) {
            readAt = now;
            try {
                current = Tokens.in(folder);
            } catch (IOException | IllegalArgumentException unreadable) {
                // Half-written or gone for a moment: what was valid stays so.
                LOG.warnf("The tokens of the API could not be read again: %s", unreadable.getMessage());
            }
        }
        return current;
    }
}
