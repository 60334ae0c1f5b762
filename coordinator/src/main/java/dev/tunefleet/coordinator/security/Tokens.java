package dev.tunefleet.coordinator.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.tunefleet.common.blob.Sha256;

/**
 * The tokens in a folder: the files {@code view}, {@code operate} and {@code admin}, a token on each line, any of them absent.
 *
 * <p>Only digests are kept. Immutable: read the folder again to see a change.
 */
final class Tokens {

    private static final int SHORTEST = 16;

    private final List<Known> known;

    private Tokens(List<Known> known) {
        this.known = List.copyOf(known);
    }

    /**
     * Reads the folder.
     *
     * @throws IllegalArgumentException when there is no token or one is too short to be secret
     */
    static Tokens in(Path folder) throws IOException {
        var known = new ArrayList<Known>();
        for (Role role : Role.values()) {
            Path file = folder.resolve(role.name().toLowerCase(Locale.ROOT));
            if (Files.isRegularFile(file)) {
                for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    if (!line.isBlank()) {
                        known.add(new Known(digest(checked(line.strip(), file)), role));
                    }
                }
            }
        }
        if (known.isEmpty()) {
            throw new IllegalArgumentException(
                    "The folder (" + folder + ") of the API's tokens must have at least one of the files"
                            + " view, operate and admin with a token in it.");
        }
        return new Tokens(known);
    }

    /** The highest role of {@code token}; empty when it is none of ours. Takes the same time for every wrong token. */
    Optional<Role> roleOf(String token) {
        byte[] presented = digest(token);
        Optional<Role> found = Optional.empty();
        for (Known candidate : known) {
            if (MessageDigest.isEqual(candidate.digest(), presented)) {
                found = Optional.of(candidate.role());
            }
        }
        return found;
    }

    private static String checked(String token, Path file) {
        if (token.length() < SHORTEST) {
            throw new IllegalArgumentException("A token (of " + token.length() + " characters) in " + file
                    + " must have at least " + SHORTEST + ". Maybe make one with: openssl rand -hex 32");
        }
        return token;
    }

    private static byte[] digest(String token) {
        return Sha256.digest().digest(token.getBytes(StandardCharsets.UTF_8));
    }

    /** The digest of a token and what its bearer may do. */
    private record Known(byte[] digest, Role role) {}
}
