package dev.tunefleet.coordinator.security;

import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings under {@code tunefleet.api.} or {@code TUNEFLEET_API_}. */
@ConfigMapping(prefix = "tunefleet.api")
interface SecurityConfig {

    /** A folder with the files view, operate and admin, a token on each line. */
    Optional<Path> tokens();

    Oidc oidc();

    /** An OpenID Connect issuer whose tokens are let in, too; off where there is none. */
    interface Oidc {

        /** Its address, as its tokens name it. */
        Optional<String> issuer();

        /** What tokens for the coordinator name as their audience. */
        Optional<String> audience();

        /** The claim that tells the role; names within one another are separated by slashes. */
        @WithDefault("groups")
        String claim();

        /** What the claim says of who may look. */
        @WithDefault("tunefleet-view")
        String view();

        /** What the claim says of who may create, stop and extend, too. */
        @WithDefault("tunefleet-operate")
        String operate();

        /** What the claim says of who may also delete. */
        @WithDefault("tunefleet-admin")
        String admin();
    }
}
