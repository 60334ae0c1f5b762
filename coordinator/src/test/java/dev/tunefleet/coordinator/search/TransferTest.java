package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class TransferTest {

    private static List<Observation> earlier(ToDoubleFunction<Configuration> value) {
        var observations = new ArrayList<Observation>();
        for (Configuration each : new SobolSearch().suggest(SearchView.of(Spaces.square()), 40, 77)) {
            observations.add(Observation.of(observations.size(), each, value.applyAsDouble(each)));
        }
        return observations;
    }

    /** The median over seeds of the best value of a study that knows these earlier ones. */
    private static double median(List<List<Observation>> earlier, int trials) {
        return LongStream.range(0, 5)
                .mapToDouble(seed -> {
                    var search = new GpSearch();
                    var observations = new ArrayList<Observation>();
                    for (int trial = 0; trial < trials; trial++) {
                        var view = SearchView.of(Spaces.square())
                                .withEarlier(earlier)
                                .withObservations(observations);
                        Configuration next = search.suggest(view, 1, seed).getFirst();
                        observations.add(Observation.of(trial, next, Spaces.bowl(next)));
                    }
                    return observations.stream()
                            .mapToDouble(each -> Spaces.bowl(each.configuration()))
                            .min()
                            .orElseThrow();
                })
                .sorted()
                .toArray()[2];
    }

    @Test
    void anEarlierStudyOfASimilarTaskHelps() {
        List<Observation> similar = earlier(each -> 3 * Spaces.bowl(each) + 5 + 0.05 * each.number("x"));

        assertThat(median(List.of(similar), 6)).isLessThan(median(List.of(), 6));
    }

    @Test
    void anEarlierStudyOfTheOppositeTaskDoesNoHarm() {
        List<Observation> opposite = earlier(each -> -Spaces.bowl(each));

        assertThat(median(List.of(opposite), 30)).isLessThan(1e-3);
    }

    @Test
    void onlyAnEarlierStudyThatAgreesHasAWeight() {
        var view = SearchView.of(Spaces.square()).withObservations(earlier(Spaces::bowl));
        var layout = Layout.of(view);
        List<Row> rows = Row.of(view);
        double[] targets = rows.stream().mapToDouble(Row::value).toArray();

        var agreeing = Transfer.of(
                view.withEarlier(List.of(earlier(Spaces::bowl))), layout, new SurrogateCache(), rows, targets);
        var opposed = Transfer.of(
                view.withEarlier(List.of(earlier(each -> -Spaces.bowl(each)))),
                layout,
                new SurrogateCache(),
                rows,
                targets);

        assertThat(agreeing.residuals()).isNotEqualTo(targets);
        assertThat(opposed.residuals()).containsExactly(targets);
    }
}
