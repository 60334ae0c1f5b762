package dev.tunefleet.coordinator.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** An OpenID Connect issuer on this machine: a discovery document, a set of keys, and tokens signed with the newest of them. */
final class Issuer implements AutoCloseable {

    static final String AUDIENCE = "tunefleet";

    private final HttpServer server;
    private final AtomicInteger keySetsRead = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean broken;
    private volatile RsaJsonWebKey key;

    private Issuer(HttpServer server, RsaJsonWebKey key) {
        this.server = server;
        this.key = key;
    }

    static Issuer start() throws IOException, JoseException {
        var issuer = new Issuer(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), newKey("first"));
        issuer.server.createContext("/", issuer::answer);
        issuer.server.start();
        return issuer;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/team";
    }

    /** Signs with another key from now on. */
    void rotate() throws JoseException {
        key = newKey("second");
    }

    /** Answers nothing that is of use from now on. */
    void breakDown() {
        broken = true;
    }

    /** How many requests there were. */
    int asked() {
        return asked.get();
    }

    int keySetsRead() {
        return keySetsRead.get();
    }

    RsaJsonWebKey key() {
        return key;
    }

    /** What a coordinator is told of this issuer. */
    SecurityConfig.Oidc config(String claim) {
        return new Config(address(), claim);
    }

    /** A token for the coordinator whose bearer is in {@code groups}. */
    String token(String... groups) throws JoseException {
        return token(claims -> claims.setStringListClaim("groups", groups));
    }

    /** A token with whatever {@code changes} make of the usual claims. */
    String token(Consumer<JwtClaims> changes) throws JoseException {
        var signed = new JsonWebSignature();
        signed.setPayload(claims(changes).toJson());
        signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signed.setKeyIdHeaderValue(key.getKeyId());
        signed.setKey(key.getPrivateKey());
        return signed.getCompactSerialization();
    }

    JwtClaims claims(Consumer<JwtClaims> changes) {
        var claims = new JwtClaims();
        claims.setIssuer(address());
        claims.setAudience(AUDIENCE);
        claims.setSubject("somebody");
        claims.setExpirationTimeMinutesInTheFuture(5);
        changes.accept(claims);
        return claims;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        String path = broken ? "/" : exchange.getRequestURI().getPath();
        String body =
                switch (path) {
                    case "/realms/team/.well-known/openid-configuration" ->
                        JsonUtil.toJson(Map.of("issuer", address(), "jwks_uri", address() + "/keys"));
                    case "/realms/team/keys" -> {
                        keySetsRead.incrementAndGet();
                        yield new JsonWebKeySet(List.of(key)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
                    }
                    default -> "";
                };
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(bytes.length == 0 ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static RsaJsonWebKey newKey(String id) throws JoseException {
        RsaJsonWebKey made = RsaJwkGenerator.generateJwk(2048);
        made.setKeyId(id);
        return made;
    }

    private record Config(String address, String claim) implements SecurityConfig.Oidc {

        @Override
        public Optional<String> issuer() {
            return Optional.of(address);
        }

        @Override
        public Optional<String> audience() {
            return Optional.of(AUDIENCE);
        }

        @Override
        public String view() {
            return "viewers";
        }

        @Override
        public String operate() {
            return "operators";
        }

        @Override
        public String admin() {
            return "administrators";
        }
    }
}
