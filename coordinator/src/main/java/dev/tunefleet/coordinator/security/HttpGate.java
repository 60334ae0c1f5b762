package dev.tunefleet.coordinator.security;

import java.util.Objects;
import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Puts the gate before every handler of the HTTP server. */
@Singleton
class HttpGate {

    private static final Logger LOG = Logger.getLogger(HttpGate.class);
    /** Before everything but what counts requests. */
    private static final int PRIORITY = 900;

    private static final int UNAUTHORIZED = 401;

    private final Gate gate;
    private final boolean mayBlock;

    HttpGate(SecurityConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        Optional<Bearers> known = config.tokens().map(folder -> new FreshTokens(folder, System::nanoTime));
        Optional<Bearers> issued = IssuedTokens.of(config.oidc());
        Optional<Bearers> bearers =
                known.map(own -> issued.map(own::or).orElse(own)).or(() -> issued);
        if (bearers.isEmpty() && !Origins.loopback(host)) {
            throw new IllegalStateException(
                    "The address (" + host + ") that the coordinator listens on must be 127.0.0.1 or localhost"
                            + " while the API has no tokens. Maybe TUNEFLEET_API_TOKENS must name the folder with the files"
                            + " view, operate and admin, or TUNEFLEET_API_OIDC_ISSUER an issuer of tokens.");
        }
        LOG.debugf("The API asks for %s.", bearers.isPresent() ? "tokens" : "nothing, on this machine only");
        this.gate = new Gate(bearers);
        this.mayBlock = issued.isPresent();
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        var asked = new Gate.Asked(
                request.method().name(),
                context.normalizedPath(),
                request.getHeader(HttpHeaders.AUTHORIZATION),
                // With HTTP/2 the host is no header.
                Objects.toString(request.authority(), null),
                request.getHeader(HttpHeaders.ORIGIN));
        if (!mayBlock) {
            carryOut(gate.judge(asked), context);
            return;
        }
        context.vertx()
                .executeBlocking(() -> gate.judge(asked), false)
                .onSuccess(verdict -> carryOut(verdict, context))
                .onFailure(context::fail);
    }

    private static void carryOut(Verdict verdict, RoutingContext context) {
        switch (verdict) {
            case Verdict.Pass() -> context.next();
            case Verdict.Refuse(int status, String detail) -> refuse(context, status, detail);
        }
    }

    private static void refuse(RoutingContext context, int status, String detail) {
        if (status == UNAUTHORIZED) {
            context.response().putHeader("WWW-Authenticate", "Basic realm=\"Tunefleet\", charset=\"UTF-8\"");
        }
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(new JsonObject()
                        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                        .put("status", status)
                        .put("detail", detail)
                        .encode());
    }
}
