package dev.tunefleet.coordinator.security;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IssuedTokensTest {

    private Issuer issuer;
    private Bearers bearers;

    @BeforeEach
    void start() throws Exception {
        issuer = Issuer.start();
        bearers = IssuedTokens.of(issuer.config("groups")).orElseThrow();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @ParameterizedTest
    @CsvSource({
        "viewers, VIEW",
        "operators, OPERATE",
        "administrators, ADMIN",
        "viewers;administrators;operators, ADMIN",
        "others, ''",
        "'', ''"
    })
    void theHighestRoleThatTheClaimGivesCounts(String groups, String role) throws JoseException {
        String token = issuer.token(groups.split(";"));

        assertThat(bearers.roleOf(token).map(Role::name).orElse("")).isEqualTo(role);
    }

    @ParameterizedTest
    @MethodSource("claims")
    void aClaimMayBeAListATextOrDeepInside(String path, Consumer<JwtClaims> claim) throws JoseException {
        Bearers found = IssuedTokens.of(issuer.config(path)).orElseThrow();

        assertThat(found.roleOf(issuer.token(claim))).contains(Role.OPERATE);
    }

    static Stream<Arguments> claims() {
        Map<String, List<String>> inside = Map.of("roles", List.of("x", "operators"));
        Consumer<JwtClaims> list = claims -> claims.setStringListClaim("groups", "operators");
        Consumer<JwtClaims> text = claims -> claims.setClaim("scope", "openid operators");
        Consumer<JwtClaims> deep = claims -> claims.setClaim("realm_access", inside);
        Consumer<JwtClaims> address = claims -> claims.setClaim("https://team.example/roles", List.of("operators"));
        return Stream.of(
                Arguments.of("groups", list),
                Arguments.of("scope", text),
                Arguments.of("realm_access/roles", deep),
                Arguments.of("https://team.example/roles", address));
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void aTokenThatIsNotForHereOrNotValidNowIsNobodys(String flaw, Consumer<JwtClaims> claims) throws JoseException {
        String token = issuer.token(usual -> {
            usual.setStringListClaim("groups", "administrators");
            claims.accept(usual);
        });

        assertThat(bearers.roleOf(token)).as(flaw).isEmpty();
    }

    static Stream<Arguments> flaws() {
        Consumer<JwtClaims> expired = claims -> claims.setExpirationTimeMinutesInTheFuture(-2);
        Consumer<JwtClaims> endless = claims -> claims.unsetClaim("exp");
        Consumer<JwtClaims> early = claims -> claims.setNotBeforeMinutesInThePast(-5);
        Consumer<JwtClaims> otherAudience = claims -> claims.setAudience("another-program");
        Consumer<JwtClaims> noAudience = claims -> claims.unsetClaim("aud");
        Consumer<JwtClaims> otherIssuer = claims -> claims.setIssuer("https://elsewhere.example");
        Consumer<JwtClaims> noIssuer = claims -> claims.unsetClaim("iss");
        return Stream.of(
                Arguments.of("expired", expired),
                Arguments.of("without an end", endless),
                Arguments.of("not valid yet", early),
                Arguments.of("for another program", otherAudience),
                Arguments.of("for nobody", noAudience),
                Arguments.of("from another issuer", otherIssuer),
                Arguments.of("from nobody", noIssuer));
    }

    @Test
    void aTokenThatAnotherKeySignedIsNobodys() throws JoseException {
        var stranger = RsaJwkGenerator.generateJwk(2048);

        JsonWebSignature forged = unsigned();
        forged.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        forged.setKeyIdHeaderValue(issuer.key().getKeyId());
        forged.setKey(stranger.getPrivateKey());

        assertThat(bearers.roleOf(forged.getCompactSerialization())).isEmpty();
    }

    @Test
    void aTokenWithoutASignatureOrSignedWithThePublicKeyIsNobodys() throws JoseException {
        JsonWebSignature none = unsigned();
        none.setAlgorithmConstraints(AlgorithmConstraints.ALLOW_ONLY_NONE);
        none.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        JsonWebSignature confused = unsigned();
        confused.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        confused.setKey(new HmacKey(issuer.key().getPublicKey().getEncoded()));

        assertThat(bearers.roleOf(none.getCompactSerialization())).isEmpty();
        assertThat(bearers.roleOf(confused.getCompactSerialization())).isEmpty();
    }

    @Test
    void whatIsNoSignedTokenIsNotShownToTheIssuer() {
        assertThat(bearers.roleOf("a-token-that-stands-in-a-file")).isEmpty();
        assertThat(bearers.roleOf("..")).isEmpty();
        assertThat(issuer.keySetsRead()).isZero();
    }

    @Test
    void keysAreReadOnceForManyTokens() throws JoseException {
        bearers.roleOf(issuer.token("viewers"));
        bearers.roleOf(issuer.token("operators"));

        assertThat(issuer.keySetsRead()).isEqualTo(1);
    }

    @Test
    void whileTheIssuerIsAwayNobodyIsSaidToHaveAWrongToken() throws JoseException {
        String token = issuer.token("viewers");
        issuer.close();

        assertThatThrownBy(() -> bearers.roleOf(token))
                .isInstanceOf(IssuerAwayException.class)
                .hasMessageContaining(issuer.address());
        var gate = new Gate(Optional.of(bearers));
        var asked = new Gate.Asked("GET", "/api/v1/studies", "Bearer " + token, "tunefleet:8080", null);
        assertThat(gate.judge(asked))
                .isInstanceOfSatisfying(Verdict.Refuse.class, refused -> assertThat(refused.status())
                        .isEqualTo(503));
    }

    @Test
    void anIssuerThatIsBrokenIsNotAskedForEachToken() throws JoseException {
        String token = issuer.token("viewers");
        issuer.breakDown();

        assertThatThrownBy(() -> bearers.roleOf(token)).isInstanceOf(IssuerAwayException.class);
        int asked = issuer.asked();
        assertThatThrownBy(() -> bearers.roleOf(token)).isInstanceOf(IssuerAwayException.class);

        assertThat(asked).isPositive();
        assertThat(issuer.asked()).isEqualTo(asked);
    }

    @Test
    void keysThatNobodyKnowsDoNotMakeTheIssuerBeAskedAgainAndAgain() throws JoseException {
        bearers.roleOf(issuer.token("operators"));
        issuer.rotate();

        assertThat(bearers.roleOf(issuer.token("operators"))).isEmpty();

        assertThat(issuer.keySetsRead()).isEqualTo(1);
    }

    @Test
    void anIssuerThatOthersCouldSpeakForIsRefused() {
        assertThatThrownBy(() -> new IssuerKeys("http://issuer.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must begin with https");
    }

    private JsonWebSignature unsigned() {
        var signature = new JsonWebSignature();
        signature.setPayload(issuer.claims(claims -> claims.setStringListClaim("groups", "administrators"))
                .toJson());
        return signature;
    }
}
