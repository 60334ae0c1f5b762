package dev.tunefleet.coordinator.security;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Tells a request that a page of somebody else's made through a user's browser. */
final class Origins {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private Origins() {}

    /** Whether an {@code Origin} header, if there is one, names the host that was asked. */
    static boolean same(String origin, String host) {
        if (origin == null) {
            return true;
        }
        if (host == null) {
            return false;
        }
        try {
            return host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    /** Whether a name or {@code Host} header means this machine itself: a page elsewhere can make its own name lead here. */
    static boolean loopback(String host) {
        if (host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("(?<=[^:]):\\d+$", "");
        return LOOPBACK.contains(name);
    }
}
