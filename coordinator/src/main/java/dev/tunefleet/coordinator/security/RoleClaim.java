package dev.tunefleet.coordinator.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the claims of a token say what its bearer may do.
 *
 * @param path the name of the claim, or names within one another separated by slashes, such as {@code realm_access/roles}
 * @param values what stands there for each role, among other things or alone
 */
record RoleClaim(String path, Map<Role, String> values) {

    RoleClaim {
        values = Map.copyOf(values);
    }

    static RoleClaim of(SecurityConfig.Oidc config) {
        return new RoleClaim(
                config.claim(),
                Map.of(Role.VIEW, config.view(), Role.OPERATE, config.operate(), Role.ADMIN, config.admin()));
    }

    /** The highest role that {@code claims} give. */
    Optional<Role> roleIn(Map<String, Object> claims) {
        List<String> said = words(find(claims));
        return Arrays.stream(Role.values())
                .filter(role -> said.contains(values.get(role)))
                .reduce((lower, higher) -> higher);
    }

    /** Some issuers want claims of one's own to be named by an address, whose slashes mean nothing. */
    private Optional<Object> find(Map<String, Object> claims) {
        if (claims.containsKey(path)) {
            return Optional.ofNullable(claims.get(path));
        }
        Optional<Object> found = Optional.of(claims);
        for (String step : path.split("/")) {
            found = found.map(within -> within instanceof Map<?, ?> map ? map.get(step) : null);
        }
        return found;
    }

    /** A list of words, or words in one text as in {@code scope}. */
    private static List<String> words(Optional<Object> claim) {
        return switch (claim.orElse("")) {
            case Collection<?> list ->
                list.stream().filter(Objects::nonNull).map(Object::toString).toList();
            case String text -> List.of(text.split(" "));
            case Object otherwise -> List.of();
        };
    }
}
