package dev.tunefleet.coordinator.security;

import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** The settings under {@code tunefleet.api.} or {@code TUNEFLEET_API_}. */
@ConfigMapping(prefix = "tunefleet.api")
interface SecurityConfig {

    /** A folder with the files view, operate and admin, a token on each line. */
    Optional<Path> tokens();
}
