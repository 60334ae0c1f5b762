package dev.tunefleet.coordinator.security;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** The signed tokens of an OpenID Connect issuer (JWT, RFC 7519), whose role is one of their claims. Thread-safe; may block. */
final class IssuedTokens implements Bearers {

    private static final Logger LOG = Logger.getLogger(IssuedTokens.class);
    private static final int CLOCKS_APART_SECONDS = 30;

    /** Only signatures whose key nobody but the issuer has. */
    private static final AlgorithmConstraints SIGNATURES = new AlgorithmConstraints(
            AlgorithmConstraints.ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
            AlgorithmIdentifiers.EDDSA);

    private final String issuer;
    private final JwtConsumer consumer;
    private final RoleClaim claim;

    private IssuedTokens(String issuer, String audience, RoleClaim claim) {
        this.issuer = issuer;
        this.claim = claim;
        this.consumer = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new IssuerKeys(issuer))
                .setJwsAlgorithmConstraints(SIGNATURES)
                .setExpectedIssuer(issuer)
                .setExpectedAudience(audience)
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(CLOCKS_APART_SECONDS)
                .build();
    }

    /**
     * The tokens of the issuer that is set; empty where none is.
     *
     * @throws IllegalArgumentException when it is set without an audience: a token for another program must not open this one
     */
    static Optional<Bearers> of(SecurityConfig.Oidc config) {
        return config.issuer().map(issuer -> {
            String audience = config.audience()
                    .orElseThrow(() -> new IllegalArgumentException("The issuer (" + issuer
                            + ") of tokens must come with the audience that its tokens for the coordinator name:"
                            + " TUNEFLEET_API_OIDC_AUDIENCE."));
            return new IssuedTokens(issuer, audience, RoleClaim.of(config));
        });
    }

    @Override
    public Optional<Role> roleOf(String token) {
        // Header, claims and signature: anything else is no matter for the issuer.
        if (token.chars().filter(letter -> letter == '.').count() != 2) {
            return Optional.empty();
        }
        try {
            return claim.roleIn(consumer.processToClaims(token).getClaimsMap());
        } catch (InvalidJwtException refused) {
            if (away(refused)) {
                throw new IssuerAwayException("The keys of the issuer (" + issuer + ") could not be read.", refused);
            }
            LOG.debugf("A token was refused: %s", refused.getErrorDetails());
            return Optional.empty();
        }
    }

    private static boolean away(InvalidJwtException refused) {
        return !refused.hasErrorCode(ErrorCodes.EXPIRED)
                && Stream.iterate((Throwable) refused, cause -> cause != null, Throwable::getCause)
                        .anyMatch(cause -> cause instanceof IOException);
    }
}
