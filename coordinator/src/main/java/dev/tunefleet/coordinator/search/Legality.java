package dev.tunefleet.coordinator.search;

import java.util.HashSet;
import java.util.Set;

import dev.tunefleet.common.space.Configuration;

/** Which configurations may still be suggested: those that the view allows and nobody has taken. Not thread-safe. */
final class Legality {

    private final SearchView view;
    private final Set<Configuration> taken;

    Legality(SearchView view) {
        this.view = view;
        this.taken = new HashSet<>(view.taken());
    }

    boolean permits(Configuration configuration) {
        return !taken.contains(configuration) && view.allowed().test(configuration);
    }

    /** Takes {@code configuration} if that is permitted. */
    boolean take(Configuration configuration) {
        return permits(configuration) && taken.add(configuration);
    }
}
