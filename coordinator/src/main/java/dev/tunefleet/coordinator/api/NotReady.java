package dev.tunefleet.coordinator.api;

import java.util.Optional;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import dev.tunefleet.coordinator.stream.Vitals;

/** Asks clients to come back while the journal has not been read to its end: half a truth is none. */
final class NotReady {

    private static final int RETRY_SECONDS = 2;

    private final Vitals vitals;

    NotReady(Vitals vitals) {
        this.vitals = vitals;
    }

    @ServerRequestFilter
    Optional<Response> check(ContainerRequestContext request) {
        if (vitals.journalRead()) {
            return Optional.empty();
        }
        Problem problem = Problem.of(
                503,
                "Service unavailable",
                "The coordinator is still reading the journal. " + String.join(" ", vitals.problems()));
        return Optional.of(Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .header("Retry-After", RETRY_SECONDS)
                .entity(problem)
                .build());
    }
}
