package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class InsightsTest {

    private static SearchView results(int count, ToDoubleFunction<Configuration> value) {
        var observations = new ArrayList<Observation>();
        for (Configuration each : new SobolSearch().suggest(SearchView.of(Spaces.square()), count, 3)) {
            observations.add(Observation.of(observations.size(), each, value.applyAsDouble(each)));
        }
        return SearchView.of(Spaces.square()).withObservations(observations);
    }

    @Test
    void theParameterThatMattersIsTheMostImportant() {
        Insight insight = Insights.of(results(40, each -> Math.sin(3 * each.number("y")) + 0.05 * each.number("x")))
                .orElseThrow();

        assertThat(insight.importances())
                .extracting(Insight.Importance::parameter)
                .containsExactly("y", "x");
        assertThat(insight.importances().getFirst().alone()).isGreaterThan(0.9);
        assertThat(insight.importances().getLast().total()).isLessThan(0.1);
    }

    @Test
    void aParameterThatKeptItsValueIsNotJudged() {
        var observations = new ArrayList<Observation>();
        for (Configuration each : new SobolSearch().suggest(SearchView.of(Spaces.square()), 20, 3)) {
            Configuration same = each.with("x", new Value.Quantity(0.5));
            observations.add(Observation.of(observations.size(), same, same.number("y")));
        }

        Insight insight = Insights.of(SearchView.of(Spaces.square()).withObservations(observations))
                .orElseThrow();

        assertThat(insight.importances())
                .extracting(Insight.Importance::parameter)
                .containsExactly("y");
    }

    @Test
    void anInteractionShowsInTheTotalsOnly() {
        Insight insight = Insights.of(results(80, each -> each.number("y") * each.number("x")))
                .orElseThrow();

        assertThat(insight.importances()).allMatch(each -> each.alone() < 0.25 && each.total() > 0.6);
    }

    @Test
    void aSmoothFunctionIsUnderstoodAndNoiseIsNot() {
        var random = new SplittableRandom(5);

        Insight smooth = Insights.of(results(50, Spaces::bowl)).orElseThrow();
        Insight noise = Insights.of(results(50, any -> random.nextGaussian())).orElseThrow();

        assertThat(smooth.agreement()).isGreaterThan(0.95);
        assertThat(noise.agreement()).isLessThan(0.4);
        assertThat(noise.coverage()).isBetween(0.75, 1.0);
    }

    @Test
    void aFewResultsGiveNoInsight() {
        assertThat(Insights.of(results(4, Spaces::bowl))).isEmpty();
    }

    @Test
    void howGoodTheModelIsIsNotKnownBeforeThreeFullResults() {
        Insight none = Insights.of(rungs(9, 0)).orElseThrow();
        Insight two = Insights.of(rungs(9, 2)).orElseThrow();
        Insight three = Insights.of(rungs(9, 3)).orElseThrow();

        assertThat(List.of(none, two)).allSatisfy(insight -> {
            assertThat(insight.importances()).hasSize(2);
            assertThat(insight.agreement()).isNaN();
            assertThat(insight.coverage()).isNaN();
        });
        assertThat(List.of(none, two, three)).extracting(Insight::judged).containsExactly(0, 2, 3);
        assertThat(three.agreement()).isBetween(-1.0, 1.0);
        assertThat(three.coverage()).isBetween(0.0, 1.0);
    }

    /** A study of {@code count} trials with a result after 3 epochs, the first {@code full} of them with one after 30 too. */
    private static SearchView rungs(int count, int full) {
        var observations = new ArrayList<Observation>();
        for (Configuration each : new SobolSearch().suggest(SearchView.of(Spaces.square()), count, 3)) {
            double value = Spaces.bowl(each);
            var readings = new ArrayList<>(List.of(new Outcome.Reading(3, 1 + value)));
            if (observations.size() < full) {
                readings.add(new Outcome.Reading(30, value));
            }
            observations.add(new Observation(observations.size(), each, Outcome.Measured.of(readings, 10)));
        }
        return SearchView.of(Spaces.square()).withFullEpochs(30).withObservations(observations);
    }

    @Test
    void whatATrialShowedAtLowerRungsDoesNotMakeItsModelLookGood() {
        Insight smooth = Insights.of(agreeing(40, Spaces::bowl)).orElseThrow();
        Insight noise = Insights.of(agreeing(40, noise(5))).orElseThrow();

        assertThat(noise.rungs()).containsEntry(3, 1.0).containsEntry(10, 1.0);
        assertThat(smooth.agreement()).isGreaterThan(0.9);
        assertThat(noise.agreement()).isLessThan(0.4);
        assertThat(noise.coverage()).isBetween(0.75, 1.0);
    }

    @Test
    void anotherSeedOfAConfigurationDoesNotMakeItsModelLookGood() {
        ToDoubleFunction<Configuration> value = noise(6);
        var observations = new ArrayList<Observation>();
        for (Configuration each : new SobolSearch().suggest(SearchView.of(Spaces.square()), 20, 3)) {
            double once = value.applyAsDouble(each);
            for (int seed = 0; seed < 3; seed++) {
                observations.add(Observation.of(observations.size(), each, once + 0.001 * seed));
            }
        }

        Insight insight = Insights.of(SearchView.of(Spaces.square()).withObservations(observations))
                .orElseThrow();

        assertThat(insight.agreement()).isLessThan(0.4);
    }

    private static ToDoubleFunction<Configuration> noise(long seed) {
        var random = new SplittableRandom(seed);
        return any -> random.nextGaussian();
    }

    /** A study whose trials differ by {@code value} in the same way after 3, 10 and 30 epochs. */
    private static SearchView agreeing(int count, ToDoubleFunction<Configuration> value) {
        var observations = new ArrayList<Observation>();
        for (Configuration each : new SobolSearch().suggest(SearchView.of(Spaces.square()), count, 3)) {
            double full = value.applyAsDouble(each);
            var readings = List.of(
                    new Outcome.Reading(3, 2 + full), new Outcome.Reading(10, 1 + full), new Outcome.Reading(30, full));
            observations.add(new Observation(observations.size(), each, Outcome.Measured.of(readings, 10)));
        }
        return SearchView.of(Spaces.square()).withFullEpochs(30).withObservations(observations);
    }

    @Test
    void rungsThatRankAlikeAgree() {
        var observations = new ArrayList<Observation>();
        for (Configuration each : new SobolSearch().suggest(SearchView.of(Spaces.square()), 20, 3)) {
            double value = Spaces.bowl(each);
            var readings = List.of(
                    new Outcome.Reading(3, 5 + value), new Outcome.Reading(10, -value), new Outcome.Reading(30, value));
            observations.add(new Observation(observations.size(), each, Outcome.Measured.of(readings, 10)));
        }

        Insight insight = Insights.of(
                        SearchView.of(Spaces.square()).withFullEpochs(30).withObservations(observations))
                .orElseThrow();

        assertThat(insight.rungs())
                .containsEntry(3, 1.0)
                .containsEntry(10, -1.0)
                .hasSize(2);
    }

    @Test
    void equalValuesShareTheirRank() {
        assertThat(Ranks.correlation(new double[] {1, 1, 2, 3}, new double[] {5, 5, 6, 7}))
                .isCloseTo(1, within(1e-12));
        assertThat(Ranks.correlation(new double[] {1, 2, 3}, new double[] {4, 4, 4}))
                .isZero();
        assertThat(Ranks.correlation(new double[] {1, 2, 3, 4}, new double[] {9, 7, 5, 1}))
                .isCloseTo(-1, within(1e-12));
    }
}
