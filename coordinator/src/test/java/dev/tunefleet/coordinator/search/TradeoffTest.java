package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.coordinator.gp.Boxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TradeoffTest {

    /** Two bowls whose minima lie apart: the best trade-offs lie between them. */
    private static Outcome outcome(Configuration at) {
        double x = at.number("x");
        double y = at.number("y");
        double first = 0.1 + (x - 0.5) * (x - 0.5) + y * y;
        double second = 0.1 + (x + 0.5) * (x + 0.5) + y * y;
        return new Outcome.Measured(List.of(new Outcome.Reading(1, first)), 0, List.of(second));
    }

    private static SearchView study(Search search, int trials, int workers) {
        var view = SearchView.of(Spaces.square()).withGoals(Goal.MINIMISE, Goal.MINIMISE);
        var observations = new ArrayList<Observation>();
        while (observations.size() < trials) {
            for (Configuration each : search.suggest(view.withObservations(observations), workers, 3)) {
                observations.add(new Observation(observations.size(), each, outcome(each)));
            }
        }
        return view.withObservations(observations);
    }

    private static double hypervolume(SearchView view) {
        double[][] values = ParetoFront.of(view).values();
        double[] reference = {1, 1};
        double[] origin = {-3, -3};
        double before = Boxes.below(new double[0][], reference).improvement(origin);
        return before - Boxes.below(values, reference).improvement(origin);
    }

    @Test
    void aValueThatIsNoNumberIsRefused() {
        var readings = List.of(new Outcome.Reading(1, 1));

        assertThatThrownBy(() -> new Outcome.Measured(readings, 0, List.of(2.0, Double.NaN)))
                .hasMessageContaining("NaN")
                .hasMessageContaining("finite");
    }

    @Test
    void theFrontGrowsFasterThanByFillingTheSpace() {
        assertThat(hypervolume(study(new GpSearch(), 30, 1)))
                .isGreaterThan(hypervolume(study(new SobolSearch(), 60, 1)));
    }

    @Test
    void severalWorkersCoverTheFront() {
        assertThat(hypervolume(study(new GpSearch(), 32, 4)))
                .isGreaterThan(hypervolume(study(new SobolSearch(), 60, 1)));
    }

    @Test
    void theBestTradeoffsAreThoseThatNoOtherBeats() {
        var space = SearchView.of(Spaces.square()).withGoals(Goal.MINIMISE, Goal.MAXIMISE);
        List<Configuration> four = new SobolSearch().suggest(space, 4, 1);
        double[][] values = {{1, 5}, {2, 6}, {2, 5}, {3, 7}};
        var observations = new ArrayList<Observation>();
        for (int i = 0; i < 4; i++) {
            observations.add(new Observation(
                    i,
                    four.get(i),
                    new Outcome.Measured(List.of(new Outcome.Reading(1, values[i][0])), 0, List.of(values[i][1]))));
        }

        var best = ParetoFront.of(space.withObservations(observations)).best();

        assertThat(best).extracting(Observation::trial).containsExactly(0L, 1L, 3L);
    }
}
