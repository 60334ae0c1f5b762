package dev.tunefleet.coordinator.search;

import java.util.List;

import dev.tunefleet.common.space.Configuration;

/** A search that learns nothing: the start values, then a scrambled Sobol sequence. O(d) for each suggestion. */
public final class SobolSearch implements Search {

    @Override
    public List<Configuration> suggest(SearchView view, int count, long seed) {
        var cube = new UnitCube(view.space(), view.closed());
        var legality = new Legality(view);
        List<Configuration> found = Opening.starts(view, legality, count);
        var sequence = new SobolSequence(cube.dimension(), seed);
        found.addAll(Opening.fill(cube, legality, count - found.size(), view.trials(), sequence::point));
        return found;
    }
}
