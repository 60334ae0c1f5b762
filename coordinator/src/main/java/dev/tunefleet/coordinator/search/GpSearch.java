package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.space.Configuration;

/**
 * A Bayesian search: a Gaussian process of the results so far decides where the next trial is worth most. The start values
 * come first, then a few points that fill the cube, then the model's choices. With n results an ask costs O(n²) and, where
 * hyperparameters are due, O(n³); beyond some hundred results both are bounded.
 */
public final class GpSearch implements Search {

    private final Memory memory = new Memory();

    @Override
    public List<Configuration> suggest(SearchView view, int count, long seed) {
        var cube = new UnitCube(view.space(), view.closed());
        var legality = new Legality(view);
        List<Configuration> found = new ArrayList<>(Opening.starts(view, legality, count));
        if (found.size() < count) {
            found.addAll(Opening.starts(view.withStarts(Transfer.starts(view)), legality, count - found.size()));
        }
        List<Row> rows = Row.of(view);
        var sequence = new SobolSequence(cube.dimension(), seed);
        int first = view.trials() + found.size();
        int wanted = Math.min(count, found.size() + filling(view, rows, first));
        var prior = PriorTerm.of(view, cube);
        // Every other point that opens a study follows the prior, the rest does not trust it.
        found.addAll(Opening.fill(
                cube,
                legality,
                wanted - found.size(),
                first,
                index -> prior.informative() && index % 2 == 1
                        ? prior.draw(sequence.point(index))
                        : sequence.point(index)));
        if (found.size() < wanted || found.size() == count) {
            return found;
        }
        Layout layout = Layout.of(view);
        Optional<Surrogate> surrogate = rows.isEmpty()
                ? Optional.empty()
                : Optional.of(memory.surrogates().take(view, layout, rows));
        var turn = new Turn(view, layout, surrogate, memory, legality);
        while (found.size() < count) {
            int step = view.trials() + found.size();
            Optional<Configuration> chosen = turn.choose(found, Mixer.random(seed, step))
                    .or(() -> Opening.fill(cube, legality, 1, step, sequence::point).stream()
                            .findFirst());
            if (chosen.isEmpty()) {
                break;
            }
            found.add(chosen.get());
        }
        surrogate.ifPresent(used -> memory.surrogates().put(view, used));
        return found;
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
