package dev.tunefleet.coordinator.stream;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.SearchSettings.Cost;
import dev.tunefleet.common.spec.SearchSettings.Transfer;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.coordinator.search.GpSearch;
import dev.tunefleet.coordinator.search.Observation;
import dev.tunefleet.coordinator.view.ReadModel;
import dev.tunefleet.coordinator.view.StudyShown;

import static org.assertj.core.api.Assertions.assertThat;

class EarlierStudiesTest {

    private final ReadModel model = new ReadModel(Clock.systemUTC());

    @Test
    void aCompletedStudyOfTheSameTaskThatWasBegunBeforeIsLearnedFrom() {
        new Told(model, study("old", Transfer.NONE), 0)
                .results(6, EarlierStudiesTest::error)
                .ended();
        StudyShown asked = new Told(model, study("new", Transfer.EARLIER_STUDIES), 1).shown();

        List<List<Observation>> earlier = earlier(asked);

        assertThat(earlier).singleElement().satisfies(results -> assertThat(results)
                .hasSize(6));
    }

    @Test
    void aStudyThatRunsOrWasBegunLaterOrForecastsAnotherHorizonIsNot() {
        new Told(model, study("running", Transfer.NONE), 0).results(6, EarlierStudiesTest::error);
        new Told(model, study("later", Transfer.NONE), 2)
                .results(6, EarlierStudiesTest::error)
                .ended();
        StudySpec other = study("other", Transfer.NONE);
        new Told(model, other.withData(horizon(other, 1)), 0)
                .results(6, EarlierStudiesTest::error)
                .ended();
        StudyShown asked = new Told(model, study("new", Transfer.EARLIER_STUDIES), 1).shown();

        assertThat(earlier(asked)).isEmpty();
    }

    @Test
    void aStudyThatDoesNotAskForItStandsAlone() {
        new Told(model, study("old", Transfer.NONE), 0)
                .results(6, EarlierStudiesTest::error)
                .ended();
        StudyShown asked = new Told(model, study("new", Transfer.NONE), 1).shown();

        assertThat(earlier(asked)).isEmpty();
    }

    @Test
    void theBestWithoutL2OfAnEarlierStudyIsAmongTheFirstThatAreTried() {
        new Told(model, study("old", Transfer.NONE), 0)
                .results(30, EarlierStudiesTest::error)
                .ended();
        StudyShown asked = new Told(model, study("new", Transfer.EARLIER_STUDIES), 1).shown();
        Configuration best = earlier(asked).getFirst().stream()
                .map(Observation::configuration)
                .filter(each -> each.value(Guide.L2) instanceof Value.Off)
                .min(Comparator.comparingDouble(EarlierStudiesTest::error))
                .orElseThrow();

        var view = SearchViews.of(
                        asked.study(),
                        asked.study().spec().orElseThrow(),
                        List.of(),
                        new SearchViews.Slots(1, List.of()))
                .withEarlier(earlier(asked));

        assertThat(new GpSearch().suggest(view, 3, 7)).contains(best);
    }

    private List<List<Observation>> earlier(StudyShown asked) {
        return EarlierStudies.of(asked, asked.study().spec().orElseThrow(), model);
    }

    private static StudySpec study(String name, Transfer transfer) {
        return Told.named(Specs.aStudySpec(), name, Cost.IGNORED, transfer);
    }

    private static DataSource horizon(StudySpec spec, int horizon) {
        var data = spec.data();
        return new DataSource(
                data.uri(),
                data.time(),
                data.targets(),
                data.inputs(),
                horizon,
                data.calendar(),
                data.missing(),
                data.stride(),
                data.centring());
    }

    private static double error(Configuration configuration) {
        return 1 + Math.abs(Math.log10(configuration.number(Guide.LEARNING_RATE)) + 3);
    }
}
