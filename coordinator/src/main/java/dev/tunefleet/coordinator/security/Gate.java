package dev.tunefleet.coordinator.security;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides about a request by its method, path and three of its headers.
 *
 * <p>Only {@code /api/} is guarded: the pages carry no data, and health and metrics are for the platform, which keeps others
 * away from them. Without tokens everybody on this machine is let in, and nobody from elsewhere.
 */
final class Gate {

    private static final String GUARDED = "/api/";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Optional<Supplier<Tokens>> tokens;

    /** @param tokens the tokens as they are now; empty where the program listens on the loopback address only */
    Gate(Optional<Supplier<Tokens>> tokens) {
        this.tokens = tokens;
    }

    /** The parts of a request that matter here; a header that was not sent is {@code null}, as the server gives it. */
    record Asked(String method, String path, String authorization, String host, String origin) {}

    Verdict judge(Asked asked) {
        if (!asked.path().startsWith(GUARDED)) {
            return new Verdict.Pass();
        }
        if (Role.neededFor(asked.method()) != Role.VIEW && !Origins.same(asked.origin(), asked.host())) {
            return new Verdict.Refuse(
                    FORBIDDEN, "The origin (" + asked.origin() + ") of a change must be the coordinator's own page.");
        }
        return tokens.map(current -> byToken(asked, current.get())).orElseGet(() -> onThisMachine(asked));
    }

    private static Verdict onThisMachine(Asked asked) {
        return Origins.loopback(asked.host())
                ? new Verdict.Pass()
                : new Verdict.Refuse(
                        FORBIDDEN,
                        "The host (" + asked.host() + ") of a request must be localhost while there are no tokens.");
    }

    private static Verdict byToken(Asked asked, Tokens current) {
        Optional<Role> role = Credentials.token(asked.authorization()).flatMap(current::roleOf);
        Role needed = Role.neededFor(asked.method());
        if (role.isEmpty()) {
            return new Verdict.Refuse(
                    UNAUTHORIZED,
                    "A request must carry a token: Authorization: Bearer TOKEN, or as the password of any user.");
        }
        return role.get().mayDoWhatNeeds(needed)
                ? new Verdict.Pass()
                : new Verdict.Refuse(
                        FORBIDDEN,
                        "The role (" + role.get() + ") of the token must be at least " + needed + " for "
                                + asked.method() + ".");
    }
}
