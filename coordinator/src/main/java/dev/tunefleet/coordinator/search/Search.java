package dev.tunefleet.coordinator.search;

import java.util.List;

import dev.tunefleet.common.space.Configuration;

/**
 * A way to choose the next configurations of a study.
 *
 * <p>Implementations are thread-safe. Apart from caches, which change the time an answer takes and, with several workers, its
 * last digits, a suggestion is a function of its arguments.
 */
public interface Search {

    /**
     * Up to {@code count} new configurations, best first, each legal, allowed and different from all in {@code view}. Fewer,
     * perhaps none, where the space holds no more of them.
     *
     * @param seed the study's seed, the same at each call; what is drawn depends on it and on the trials of {@code view}
     */
    List<Configuration> suggest(SearchView view, int count, long seed);
}
