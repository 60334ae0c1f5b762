package dev.tunefleet.coordinator.security;

import java.io.IOException;
import java.net.URI;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jose4j.http.Get;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys that an issuer signs with, as its discovery document says (OpenID Connect Discovery 1.0, section 4).
 *
 * <p>Found when the first token is to be checked and kept as long as the issuer allows; a key that is not known makes them be read
 * again. An issuer is asked no more often than every ten seconds, whatever tokens come. While it is away the last keys hold for an hour. Thread-safe; blocks.
 */
final class IssuerKeys implements VerificationKeyResolver {

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration NOT_AGAIN_WITHIN = Duration.ofSeconds(10);
    private static final Duration GOOD_WHILE_AWAY = Duration.ofHours(1);
    private static final int LONGEST_ANSWER = 1 << 20;

    private final String issuer;
    private Optional<VerificationKeyResolver> found = Optional.empty();
    private Optional<Failure> failure = Optional.empty();

    /** Why the keys could not be found, and when in nanoseconds of elapsed time. */
    private record Failure(Exception reason, long at) {
        boolean holds() {
            return System.nanoTime() - at < NOT_AGAIN_WITHIN.toNanos();
        }
    }

    /** @throws IllegalArgumentException when others could change on the way what {@code issuer} says */
    IssuerKeys(String issuer) {
        this.issuer = secure(issuer);
    }

    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> around) throws UnresolvableKeyException {
        return keys().resolveKey(signature, around);
    }

    private synchronized VerificationKeyResolver keys() throws UnresolvableKeyException {
        if (found.isEmpty() && failure.filter(Failure::holds).isEmpty()) {
            try {
                found = Optional.of(new HttpsJwksVerificationKeyResolver(published(discover())));
            } catch (IOException | JoseException | IllegalArgumentException away) {
                failure = Optional.of(new Failure(away, System.nanoTime()));
            }
        }
        return found.orElseThrow(() -> new UnresolvableKeyException(
                "The issuer (" + issuer + ") must say where its keys are.",
                failure.orElseThrow().reason()));
    }

    private String discover() throws IOException, JoseException {
        Map<String, Object> said = JsonUtil.parseJson(
                http().get(issuer.replaceFirst("/$", "") + DISCOVERY).getBody());
        if (!issuer.equals(said.get("issuer"))) {
            throw new IllegalArgumentException("The issuer (" + said.get("issuer") + ") in the discovery document of "
                    + issuer + " must be the same, to the letter.");
        }
        return secure(String.valueOf(said.get("jwks_uri")));
    }

    private static HttpsJwks published(String address) {
        var keys = new HttpsJwks(address);
        keys.setSimpleHttpGet(http());
        keys.setRefreshReprieveThreshold(NOT_AGAIN_WITHIN.toMillis());
        keys.setRetainCacheOnErrorDuration(GOOD_WHILE_AWAY.toSeconds());
        return keys;
    }

    private static Get http() {
        var http = new Get();
        http.setConnectTimeout((int) PATIENCE.toMillis());
        http.setReadTimeout((int) PATIENCE.toMillis());
        http.setRetries(1);
        http.setResponseBodySizeLimit(LONGEST_ANSWER);
        return http;
    }

    private static String secure(String address) {
        URI uri = URI.create(address);
        if (!"https".equals(uri.getScheme()) && !Origins.loopback(uri.getHost())) {
            throw new IllegalArgumentException(
                    "The address (" + address + ") of the issuer of tokens must begin with https.");
        }
        return address;
    }
}
