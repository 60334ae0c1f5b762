package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class PriorTest {

    private static final Prior RIGHT = at(0.3, -0.4);
    private static final Prior WRONG = at(-0.9, 0.9);

    private static Prior at(double x, double y) {
        return new Prior(Map.of("x", new Prior.Belief(Value.of(x), 0.1), "y", new Prior.Belief(Value.of(y), 0.1)));
    }

    private static double best(Prior prior, int trials, long seed) {
        var search = new GpSearch();
        var observations = new ArrayList<Observation>();
        double best = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < trials; trial++) {
            Configuration next = search.suggest(
                            SearchView.of(Spaces.square()).withPrior(prior).withObservations(observations), 1, seed)
                    .getFirst();
            double value = Spaces.bowl(next);
            best = Math.min(best, value);
            observations.add(Observation.of(trial, next, value));
        }
        return best;
    }

    private static double median(Prior prior, int trials) {
        double[] sorted = LongStream.range(0, 5)
                .mapToDouble(seed -> best(prior, trials, seed))
                .sorted()
                .toArray();
        return sorted[2];
    }

    @Test
    void aRightPriorHelpsAtTheStart() {
        assertThat(median(RIGHT, 4)).isLessThan(median(Prior.none(), 4));
    }

    @Test
    void aWrongPriorIsForgotten() {
        assertThat(median(WRONG, 40)).isLessThan(1e-3);
    }

    @Test
    void theWeightFadesWithResultsAndNothingIsRuledOut() {
        var none = SearchView.of(Spaces.square()).withPrior(WRONG);
        var many = none.withObservations(LongStream.range(0, 50)
                .mapToObj(trial ->
                        Observation.of(trial, new Configuration(Map.of("x", Value.of(0), "y", Value.of(0))), 1))
                .toList());
        var cube = new UnitCube(Spaces.square(), Set.of());

        double early = PriorTerm.of(none, cube).value(new double[] {1, 0});
        double late = PriorTerm.of(many, cube).value(new double[] {1, 0});

        assertThat(early).isCloseTo(10 * Math.log(1e-3), within(1e-9));
        assertThat(late).isCloseTo(early / 50, within(1e-9));
    }

    @Test
    void drawsFollowTheBelief() {
        var prior =
                PriorTerm.of(SearchView.of(Spaces.square()).withPrior(RIGHT), new UnitCube(Spaces.square(), Set.of()));

        double mean = DoubleStream.iterate(0.005, u -> u < 1, u -> u + 0.01)
                .map(u -> prior.draw(new double[] {u, u})[0])
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(0.65, within(0.01));
    }

    @Test
    void theGuideSpeaksOfItsOwnParametersOnly() {
        assertThat(GuidePrior.of(Guide.SPACE).beliefs()).containsOnlyKeys(Guide.NAMES);
        assertThat(GuidePrior.of(Spaces.square()).beliefs()).isEmpty();
    }
}
