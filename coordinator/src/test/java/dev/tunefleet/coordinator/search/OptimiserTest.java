package dev.tunefleet.coordinator.search;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.coordinator.gp.Acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class OptimiserTest {

    /** Falls with the squared distance from some features. */
    private record Hill(double[] peak, double steepness) implements Acquisition {
        @Override
        public void addValues(double[][] points, int m, double[] values) {
            for (int c = 0; c < m; c++) {
                values[c] += addGradient(points[c], new double[peak.length]);
            }
        }

        @Override
        public double addGradient(double[] point, double[] gradient) {
            double value = 0;
            for (int f = 0; f < peak.length; f++) {
                double away = point[f] - peak[f];
                value -= steepness * away * away;
                gradient[f] -= 2 * steepness * away;
            }
            return value;
        }
    }

    /** The best point that is found in {@code box} where {@code peak} is the best of all. */
    private static double[] best(SearchSpace space, double[] peak, Box box, double[] centre) {
        SearchView view = SearchView.of(space);
        Layout layout = Layout.of(view);
        var hill = new Hill(layout.embedding().features(peak, 1), 100);
        var optimiser = new Optimiser(
                layout,
                hill,
                PriorTerm.of(view, layout.cube()),
                new Optimiser.Zone(box, any -> true),
                new SplittableRandom(1));
        return optimiser.run(List.of(centre)).getFirst().point();
    }

    @Test
    void aSwitchedParameterIsTunedInABoxWhoseCentreHasItOff() {
        var space = new SearchSpace(
                List.of(new Real("x", 0, 1, Scale.LINEAR), new Switched(new Real("l2", 1e-3, 1e-2, Scale.LOG))));
        double[] centre = {0.5, UnitCube.OFF};
        double[] peak = {0.45, 0.7};
        Box box = new TrustRegion(0, 0.2, 9).box(centre, new double[] {1, 1});

        double[] found = best(space, peak, box, centre);

        for (int i = 0; i < peak.length; i++) {
            assertThat(found[i])
                    .as("coordinate %d of %s", i, Arrays.toString(found))
                    .isCloseTo(peak[i], within(1e-3));
        }
    }

    @Test
    void whereNothingCanSlideEveryOneOfManyParametersIsStepped() {
        var options = List.of(Value.of(0), Value.of(1));
        var space = new SearchSpace(IntStream.range(0, 40)
                .<Parameter>mapToObj(i -> new Choice("x" + i, options, i % 2 == 0))
                .toList());
        double[] peak = IntStream.range(0, 40)
                .mapToDouble(i -> i % 3 == 0 ? 0.75 : 0.25)
                .toArray();
        double[] centre = IntStream.range(0, 40).mapToDouble(i -> 0.75).toArray();

        double[] found = best(space, peak, Box.whole(40), centre);

        assertThat(found).containsExactly(peak);
    }
}
