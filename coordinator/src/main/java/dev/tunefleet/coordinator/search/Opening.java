package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.List;

import dev.tunefleet.common.space.Configuration;

/** The moves that need no model: the start values, then points that fill the cube. */
final class Opening {

    /** Draws that may meet something taken or forbidden before the space counts as exhausted. */
    private static final int PATIENCE = 2000;

    private Opening() {}

    /** Takes the start values that are still open: legal in the space, allowed, not taken, closed parameters off. */
    static List<Configuration> starts(SearchView view, Legality legality, int count) {
        var found = new ArrayList<Configuration>();
        for (Configuration start : view.starts()) {
            if (found.size() == count) {
                break;
            }
            view.space().check(start);
            if (view.open(start) && legality.take(start)) {
                found.add(start);
            }
        }
        return found;
    }

    /** Takes the points {@code first}, {@code first} + 1, … of {@code sequence} that are permitted. */
    static List<Configuration> fill(UnitCube cube, Legality legality, int count, int first, Points sequence) {
        var found = new ArrayList<Configuration>();
        for (int i = first; found.size() < count && i < first + count + PATIENCE; i++) {
            Configuration configuration = cube.decode(cube.snap(sequence.point(i)));
            if (legality.take(configuration)) {
                found.add(configuration);
            }
        }
        return found;
    }

    /** Independent uniform points of the cube, each a function of its index and the seed alone. */
    static Points uniform(UnitCube cube, long seed) {
        return index -> Mixer.random(seed, index).doubles(cube.dimension()).toArray();
    }

    /** A sequence of points of the cube. */
    interface Points {
        double[] point(int index);
    }
}
