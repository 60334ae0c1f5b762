package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** Studies in which most trials end at a low rung. */
class RungTest {

    /** A loss that falls with epochs towards that of the bowl, from a start that hardly depends on the place. */
    private static double loss(Configuration at, int epochs) {
        return 0.05 + Spaces.bowl(at) + (1 + 0.2 * at.number("x")) / epochs;
    }

    private static Observation observation(long trial, Configuration configuration, int... rungs) {
        var readings = new ArrayList<Outcome.Reading>();
        for (int epochs : rungs) {
            readings.add(new Outcome.Reading(epochs, loss(configuration, epochs)));
        }
        return new Observation(trial, configuration, Outcome.Measured.of(readings, 1));
    }

    /** Each trial trains for 3 epochs; whenever three more have, the best of those that stopped there trains to 30. */
    private static List<Observation> study(int trials) {
        var search = new GpSearch();
        var observations = new ArrayList<Observation>();
        for (int trial = 0; trial < trials; trial++) {
            SearchView view = SearchView.of(Spaces.square()).withFullEpochs(30).withObservations(observations);
            observations.add(observation(trial, search.suggest(view, 1, 1).getFirst(), 3));
            if (trial % 3 == 2) {
                promote(observations);
            }
        }
        return observations;
    }

    private static void promote(List<Observation> observations) {
        Optional<Observation> best = observations.stream()
                .filter(each -> ((Outcome.Measured) each.outcome()).last().epochs() == 3)
                .min(Comparator.comparingDouble(each -> loss(each.configuration(), 3)));
        best.ifPresent(each ->
                observations.set(observations.indexOf(each), observation(each.trial(), each.configuration(), 3, 30)));
    }

    @Test
    void lowRungsLeadToTheBestFullResult() {
        List<Observation> found = study(30);

        double best = found.stream()
                .filter(each -> ((Outcome.Measured) each.outcome()).last().epochs() == 30)
                .mapToDouble(each -> Spaces.bowl(each.configuration()))
                .min()
                .orElseThrow();
        assertThat(best).isLessThan(0.02);
    }

    @Test
    void resultsOfLowRungsAloneAreEnoughToGoOn() {
        var observations = new ArrayList<Observation>();
        for (Configuration each : new SobolSearch().suggest(SearchView.of(Spaces.square()), 15, 2)) {
            observations.add(observation(observations.size(), each, 3));
        }

        var next = new GpSearch()
                .suggest(SearchView.of(Spaces.square()).withFullEpochs(30).withObservations(observations), 2, 1);

        assertThat(next).hasSize(2).allMatch(each -> Spaces.bowl(each) < 1);
    }
}
