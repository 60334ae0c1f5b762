package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;

import static org.assertj.core.api.Assertions.assertThat;

class TrustRegionTest {

    /** More results without progress than any region bears. */
    private static final int MANY = 40;

    @Test
    void itShrinksWithFailuresAndGrowsWithSuccesses() {
        var failing = TrustRegion.after(new double[] {0, 1, 1, 1, 1, 1, 1}, 1);
        var improving = TrustRegion.after(new double[] {0, 1, 1, 1, -1, -2, -3, -4}, 1);

        assertThat(failing.side()).isLessThan(0.8);
        assertThat(failing.bounds(8)).isTrue();
        assertThat(failing.bounds(9)).isFalse();
        assertThat(improving.side()).isGreaterThan(failing.side());
        assertThat(improving.bounds(8)).isFalse();
    }

    @Test
    void aRegionThatHasBeenSearchedIsFollowedByOneThatOpensAgain() {
        int end = ends(1);

        var next = TrustRegion.after(flat(end), 1);

        assertThat(TrustRegion.after(flat(end - 1), 1).first()).isZero();
        assertThat(next.first()).isEqualTo(end);
        assertThat(next.side()).isEqualTo(TrustRegion.after(new double[0], 1).side());
        assertThat(next.opens(end, end)).isTrue();
        assertThat(next.opens(end + 4, end + 4)).isFalse();
    }

    @Test
    void whatWasRunningWhenARegionEndedBelongsToIt() {
        int end = ends(8);

        var next = TrustRegion.after(flat(end), 8);

        assertThat(next.first()).isEqualTo(end + 7);
        assertThat(next.opens(end + 30, end + 7)).isTrue();
        assertThat(next.opens(end + 30, end + 8)).isFalse();
    }

    @Test
    void aLaterRegionProgressesThoughAnEarlierOneWasBetter() {
        double[] opening = {3, 3, 3, 3};
        double[] worse = {3, 3, 3, 3, 3, 3, 3};
        double[] better = {2, 1, 0.5, 0.4, 0.3, 0.2, 0.1};

        var stuck = TrustRegion.after(joined(flat(ends(1)), opening, worse), 1);
        var moving = TrustRegion.after(joined(flat(ends(1)), opening, better), 1);

        assertThat(moving.first()).isEqualTo(stuck.first());
        assertThat(moving.side()).isGreaterThan(stuck.side());
    }

    @Test
    void theSearchLooksAboutTheBestOfItsRegion() {
        var observations = new ArrayList<Observation>();
        for (int trial = 0; trial < ends(1); trial++) {
            double angle = 2.4 * trial;
            double away = 0.5 * trial / ends(1);
            observations.add(observation(trial, -0.5 + away * Math.cos(angle), -0.5 + away * Math.sin(angle)));
        }
        for (double[] each : List.of(
                new double[] {0.9, 0.9}, new double[] {0.9, 0.3}, new double[] {0.3, 0.9}, new double[] {0.6, 0.6})) {
            observations.add(observation(observations.size(), each[0], each[1]));
        }
        var view = SearchView.of(Spaces.square()).withObservations(observations);

        Configuration next = new GpSearch().suggest(view, 1, 1).getFirst();

        assertThat(next.number("x")).isGreaterThan(0);
        assertThat(next.number("y")).isGreaterThan(0);
    }

    /** A result of a function with a deep minimum at (-0.5, -0.5) and another one at (0.6, 0.6). */
    private static Observation observation(int trial, double x, double y) {
        double deep = -2 * Math.exp(-4 * (Math.pow(x + 0.5, 2) + Math.pow(y + 0.5, 2)));
        double flat = -Math.exp(-4 * (Math.pow(x - 0.6, 2) + Math.pow(y - 0.6, 2)));
        return Observation.of(trial, new Configuration(Map.of("x", Value.of(x), "y", Value.of(y))), deep + flat);
    }

    /** How many results without progress end the first region. */
    private static int ends(int parallel) {
        int results = 1;
        while (results < MANY && TrustRegion.after(flat(results), parallel).first() == 0) {
            results++;
        }
        assertThat(results).isBetween(5, MANY - 1);
        return results;
    }

    private static double[] flat(int results) {
        double[] y = new double[results];
        Arrays.fill(y, 1, results, 1);
        return y;
    }

    private static double[] joined(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(DoubleStream::of).toArray();
    }
}
