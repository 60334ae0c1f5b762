package dev.tunefleet.coordinator.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever a request ended with into a {@link Problem}. */
final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    @ServerExceptionMapper
    Response problem(ProblemException failure) {
        if (failure.getCause() != null) {
            LOG.warn(failure.problem().detail(), failure.getCause());
        }
        return response(failure.problem());
    }

    @ServerExceptionMapper
    Response answer(WebApplicationException failure) {
        Response response = failure.getResponse();
        if (response.getStatus() < 400) {
            return response;
        }
        String reason = response.getStatusInfo().getReasonPhrase();
        String detail = failure.getMessage() == null ? reason : failure.getMessage();
        return response(Problem.of(response.getStatus(), reason, detail));
    }

    @ServerExceptionMapper
    Response unforeseen(RuntimeException failure) {
        LOG.error("A request failed.", failure);
        return response(Problem.of(
                500, "Internal server error", "The coordinator could not serve this request; its log says why."));
    }

    private static Response response(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
