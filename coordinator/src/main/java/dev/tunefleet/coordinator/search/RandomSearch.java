package dev.tunefleet.coordinator.search;

import java.util.List;

import dev.tunefleet.common.space.Configuration;

/** A search that learns nothing: the start values, then independent uniform points of the cube. O(d) for each suggestion. */
public final class RandomSearch implements Search {

    @Override
    public List<Configuration> suggest(SearchView view, int count, long seed) {
        var cube = new UnitCube(view.space(), view.closed());
        var legality = new Legality(view);
        List<Configuration> found = Opening.starts(view, legality, count);
        found.addAll(Opening.fill(cube, legality, count - found.size(), view.trials(), Opening.uniform(cube, seed)));
        return found;
    }
}
