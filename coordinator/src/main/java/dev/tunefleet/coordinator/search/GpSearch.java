package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.tunefleet.common.space.Configuration;

/**
 * A Bayesian search: a Gaussian process of the results so far decides where the next trial is worth most. The start values
 * come first, then a few random points, then the model's choices. With n results an ask costs O(n²) and, where
 * hyperparameters are due, O(n³); beyond some hundred results both are bounded.
 */
public final class GpSearch implements Search {

    private final Memory memory = new Memory();
    private final Fitting fitting;

    public GpSearch() {
        this(Supplier::get);
    }

    /** A search that has its model fitted by {@code fitting}. */
    public GpSearch(Fitting fitting) {
        this.fitting = fitting;
    }

    @Override
    public List<Configuration> suggest(SearchView view, int count, long seed) {
        var legality = new Legality(view);
        List<Configuration> found = new ArrayList<>(Opening.starts(view, legality, count));
        found.addAll(Opening.starts(view.withStarts(Transfer.starts(view)), legality, count - found.size()));
        List<Row> rows = Row.of(view);
        int first = view.trials() + found.size();
        int wanted = Math.min(count, found.size() + filling(view, rows, first));
        UnitCube cube = new UnitCube(view.space(), view.closed());
        found.addAll(Opening.fill(cube, legality, wanted - found.size(), first, points(view, cube, seed)));
        if (found.size() == wanted && found.size() < count) {
            model(view, rows, legality, found, new Wanted(count, seed));
        }
        return found;
    }

    private record Wanted(int count, long seed) {}

    /** Random points; every other one that opens a study follows the prior, the rest does not trust it. */
    private static Opening.Points points(SearchView view, UnitCube cube, long seed) {
        var prior = PriorTerm.of(view, cube);
        Opening.Points uniform = Opening.uniform(cube, seed);
        return index -> prior.informative() && index % 2 == 1 ? prior.draw(uniform.point(index)) : uniform.point(index);
    }

    /** Adds the model's choices to {@code found} until there are as many as wanted, or no more. */
    private void model(SearchView view, List<Row> rows, Legality legality, List<Configuration> found, Wanted wanted) {
        Layout layout = Layout.of(view);
        Optional<Surrogate> surrogate = rows.isEmpty()
                ? Optional.empty()
                : Optional.of(fitting.run(() -> memory.surrogates().take(view, layout, rows)));
        var turn = new Turn(view, layout, surrogate, memory, legality);
        var sequence = new SobolSequence(layout.cube().dimension(), wanted.seed());
        boolean more = true;
        while (more && found.size() < wanted.count()) {
            int step = view.trials() + found.size();
            Optional<Configuration> chosen = turn.choose(found, Mixer.random(wanted.seed(), step))
                    .or(() -> Opening.fill(layout.cube(), legality, 1, step, sequence::point).stream()
                            .findFirst());
            chosen.ifPresent(found::add);
            more = chosen.isPresent();
        }
        surrogate.ifPresent(used -> memory.surrogates().put(view, used));
    }

    /** How many points should still fill the cube, {@code trials} having been handed out. */
    private static int filling(SearchView view, List<Row> rows, int trials) {
        int dimension = view.space().parameters().size();
        int enough = Math.clamp(2 * dimension, 4, 10);
        long ended = view.observations().stream()
                .filter(each -> !(each.outcome() instanceof Outcome.Lost))
                .count();
        return Math.min(rows.size(), ended) == 0 && ended < enough || ended < Math.min(enough, dimension + 1)
                ? Integer.MAX_VALUE / 2
                : Math.max(0, enough - trials);
    }
}
