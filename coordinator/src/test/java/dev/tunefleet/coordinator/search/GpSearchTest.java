package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;

import static org.assertj.core.api.Assertions.assertThat;

class GpSearchTest {

    /** Runs a study of one worker and returns its observations. */
    private static List<Observation> study(
            SearchView start,
            int trials,
            long seed,
            Supplier<Search> search,
            Function<Configuration, Outcome> outcome) {
        var observations = new ArrayList<Observation>();
        for (int trial = 0; trial < trials; trial++) {
            SearchView view = start.withObservations(observations);
            Configuration next = search.get().suggest(view, 1, seed).getFirst();
            observations.add(new Observation(trial, next, outcome.apply(next)));
        }
        return observations;
    }

    private static List<Observation> study(SearchView start, int trials, Function<Configuration, Outcome> outcome) {
        var search = new GpSearch();
        return study(start, trials, 1, () -> search, outcome);
    }

    private static double best(List<Observation> observations) {
        return observations.stream()
                .filter(each -> each.outcome() instanceof Outcome.Measured)
                .mapToDouble(each -> ((Outcome.Measured) each.outcome()).last().value())
                .min()
                .orElseThrow();
    }

    @Test
    void aSmoothMinimumIsFoundInFewTrials() {
        var found = study(SearchView.of(Spaces.square()), 25, each -> Outcome.Measured.of(Spaces.bowl(each)));

        assertThat(best(found)).isLessThan(1e-3);
    }

    @Test
    void everyKindOfParameterIsTuned() {
        var found = study(SearchView.of(Spaces.mixed()), 60, each -> Outcome.Measured.of(Spaces.loss(each)));

        assertThat(found)
                .extracting(Observation::configuration)
                .doesNotHaveDuplicates()
                .allMatch(Spaces.mixed()::contains);
        assertThat(best(found)).isLessThan(0.25);
    }

    @Test
    void aSequentialStudyRepeatsFromItsSeed() {
        var first = study(SearchView.of(Spaces.mixed()), 35, each -> Outcome.Measured.of(Spaces.loss(each)));
        var second = study(SearchView.of(Spaces.mixed()), 35, each -> Outcome.Measured.of(Spaces.loss(each)));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void aSearchThatHasForgottenEverythingGoesOnAsIfItHadNot() {
        var remembering = study(SearchView.of(Spaces.square()), 70, each -> Outcome.Measured.of(Spaces.bowl(each)));

        for (int trials : new int[] {5, 20, 49, 53, 61, 69}) {
            SearchView view = SearchView.of(Spaces.square()).withObservations(remembering.subList(0, trials));
            assertThat(new GpSearch().suggest(view, 1, 1).getFirst())
                    .isEqualTo(remembering.get(trials).configuration());
        }
    }

    @Test
    void theOrderInWhichResultsArriveDoesNotMatterAfterARefit() {
        var observations = new ArrayList<>(
                study(SearchView.of(Spaces.mixed()), 30, each -> Outcome.Measured.of(Spaces.loss(each))));
        var view = SearchView.of(Spaces.mixed()).withObservations(observations);
        var inOrder = new GpSearch().suggest(view, 3, 4);

        Collections.shuffle(observations, new Random(2));
        var shuffled = new GpSearch().suggest(view.withObservations(observations), 3, 4);

        assertThat(shuffled).isEqualTo(inOrder);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 100})
    void asManyWorkersGetAsManyUsefulPoints(int workers) {
        var observations = study(SearchView.of(Spaces.square()), 20, each -> Outcome.Measured.of(Spaces.bowl(each)));
        var view = SearchView.of(Spaces.square()).withObservations(observations);

        List<Configuration> batch = new GpSearch().suggest(view, workers, 1);

        assertThat(batch).hasSize(workers).doesNotHaveDuplicates();
        for (int i = 0; i < workers; i++) {
            for (int j = 0; j < i; j++) {
                double x = Math.abs(batch.get(i).number("x") - batch.get(j).number("x"));
                double y = Math.abs(batch.get(i).number("y") - batch.get(j).number("y"));
                assertThat(Math.max(x, y)).isGreaterThan(1e-3);
            }
        }
        assertThat(batch.stream().mapToDouble(Spaces::bowl).min().orElseThrow()).isLessThan(1e-3);
    }

    @Test
    void theLastConfigurationOfAFiniteSpaceIsFoundAndThenNoMore() {
        var space = new SearchSpace(List.of(new Whole("a", 1, 4), new Whole("b", 1, 5)));
        var all = study(SearchView.of(space), 20, each -> Outcome.Measured.of(each.number("a") * each.number("b")));

        var more = new GpSearch().suggest(SearchView.of(space).withObservations(all), 1, 1);

        assertThat(all).extracting(Observation::configuration).doesNotHaveDuplicates();
        assertThat(more).isEmpty();
    }

    @Test
    void divergenceIsLearnedAndAvoided() {
        var found = study(
                SearchView.of(Spaces.square()),
                40,
                each -> each.number("x") > 0.2 ? new Outcome.Diverged() : Outcome.Measured.of(Spaces.bowl(each)));

        // The best feasible point lies on the border, so that trials close to it must fail now and then.
        assertThat(found.subList(30, 40))
                .filteredOn(each -> each.configuration().number("x") > 0.3)
                .hasSizeLessThan(3);
        assertThat(best(found)).isLessThan(0.02);
    }

    @Test
    void withoutAnyResultTheSearchLooksAwayFromFailures() {
        var found = study(
                SearchView.of(Spaces.square()),
                30,
                each -> each.number("x") > -0.7 ? new Outcome.Diverged() : Outcome.Measured.of(Spaces.bowl(each)));

        assertThat(found.subList(20, 30)).anyMatch(each -> each.outcome() instanceof Outcome.Measured);
    }

    @Test
    void whatRunsOutOfTimeIsAvoided() {
        Function<Configuration, Outcome> timed = each -> {
            double seconds = 60 * Math.exp(2 * each.number("x"));
            return seconds > 90
                    ? new Outcome.TimedOut(90)
                    : Outcome.Measured.of(List.of(new Outcome.Reading(1, Spaces.bowl(each))), seconds);
        };

        var found = study(SearchView.of(Spaces.square()), 40, timed);

        long late = found.subList(25, 40).stream()
                .filter(each -> each.outcome() instanceof Outcome.TimedOut)
                .count();
        assertThat(late).isLessThanOrEqualTo(4);
    }

    @Test
    void secondsChangeNoSuggestionWhereNothingAsksForThem() {
        Function<Configuration, Outcome> timed = each ->
                Outcome.Measured.of(List.of(new Outcome.Reading(1, Spaces.bowl(each))), Math.exp(each.number("x")));

        var with = study(SearchView.of(Spaces.square()), 30, timed);

        var without = study(SearchView.of(Spaces.square()), 30, each -> Outcome.Measured.of(Spaces.bowl(each)));
        assertThat(with)
                .extracting(Observation::configuration)
                .isEqualTo(without.stream().map(Observation::configuration).toList());
    }

    @Test
    void costAwareStudiesSpendLess() {
        Function<Configuration, Outcome> timed = each -> Outcome.Measured.of(
                List.of(new Outcome.Reading(1, Math.pow(each.number("y") + 0.4, 2))), Math.exp(3 * each.number("x")));
        Function<List<Observation>, Double> spent = found -> found.stream()
                .mapToDouble(each -> ((Outcome.Measured) each.outcome()).seconds())
                .sum();

        var plain = study(SearchView.of(Spaces.square()), 25, timed);
        var aware = study(SearchView.of(Spaces.square()).withCostAware(true).withResources(1, 50), 25, timed);

        assertThat(spent.apply(aware)).isLessThan(spent.apply(plain));
    }

    @Test
    void aLostTrialTeachesNothingAndMayBeTriedAgain() {
        var measured = study(SearchView.of(Spaces.square()), 20, each -> Outcome.Measured.of(Spaces.bowl(each)));
        var view = SearchView.of(Spaces.square());
        var next = new GpSearch().suggest(view.withObservations(measured), 1, 1).getFirst();
        var lost = new ArrayList<>(measured);
        lost.add(new Observation(20, next, new Outcome.Lost()));

        var again = new GpSearch().suggest(view.withObservations(lost), 1, 1).getFirst();

        assertThat(Math.abs(again.number("x") - next.number("x"))).isLessThan(0.2);
    }

    @Test
    void whatIsNotAllowedIsNeverSuggested() {
        var view = SearchView.of(Spaces.mixed()).withAllowed(each -> each.whole("units") < 100);

        var found = study(view, 30, each -> Outcome.Measured.of(Spaces.loss(each)));

        assertThat(found).allMatch(each -> each.configuration().whole("units") < 100);
    }

    @Test
    void aClosedParameterStaysOffThoughItWasOnInAnEnqueuedTrial() {
        var view = SearchView.of(Spaces.mixed()).withClosed(Set.of("l2"));
        var start = new SobolSearch().suggest(SearchView.of(Spaces.mixed()), 12, 1);
        var observations = new ArrayList<Observation>();
        for (int i = 0; i < start.size(); i++) {
            observations.add(Observation.of(i, start.get(i).with("l2", Value.of(2e-3)), Spaces.loss(start.get(i))));
        }

        var next = new GpSearch().suggest(view.withObservations(observations), 10, 1);

        assertThat(next).hasSize(10).allMatch(each -> each.value("l2") instanceof Value.Off);
    }

    @Test
    void terribleResultsDoNotHideTheDifferencesAmongGoodOnes() {
        var found = study(
                SearchView.of(Spaces.square()),
                30,
                each -> Outcome.Measured.of(each.number("x") < -0.5 ? 1e12 : Spaces.bowl(each)));

        assertThat(best(found)).isLessThan(5e-3);
    }

    @Test
    void equalResultsAreNoReasonToStop() {
        var found = study(SearchView.of(Spaces.square()), 20, each -> Outcome.Measured.of(7));

        assertThat(found).extracting(Observation::configuration).doesNotHaveDuplicates();
    }
}
