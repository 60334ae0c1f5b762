package dev.tunefleet.coordinator.security;

import java.util.Optional;

import org.jboss.logging.Logger;

/**
 * Decides about a request by its method, path and three of its headers. May block while an issuer is asked for its keys.
 *
 * <p>Only {@code /api/} is guarded: the pages carry no data, and health and metrics are for the platform, which keeps others
 * away from them. Without tokens everybody on this machine is let in, and nobody from elsewhere.
 */
final class Gate {

    private static final Logger LOG = Logger.getLogger(Gate.class);
    private static final String GUARDED = "/api/";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final Optional<Bearers> bearers;

    /** @param bearers who may do what; empty where the program listens on the loopback address only */
    Gate(Optional<Bearers> bearers) {
        this.bearers = bearers;
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
        return bearers.map(known -> byToken(asked, known)).orElseGet(() -> onThisMachine(asked));
    }

    private static Verdict onThisMachine(Asked asked) {
        return Origins.loopback(asked.host())
                ? new Verdict.Pass()
                : new Verdict.Refuse(
                        FORBIDDEN,
                        "The host (" + asked.host() + ") of a request must be localhost while there are no tokens.");
    }

    private static Verdict byToken(Asked asked, Bearers known) {
        Optional<Role> role;
        try {
            role = Credentials.token(asked.authorization()).flatMap(known::roleOf);
        } catch (IssuerAwayException away) {
            LOG.warn(away.getMessage(), away.getCause());
            return new Verdict.Refuse(UNAVAILABLE, away.getMessage() + " Try again.");
        }
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
