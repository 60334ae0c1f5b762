package dev.tunefleet.coordinator.stream;

import java.time.Clock;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.Expense;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.coordinator.search.GpSearch;
import dev.tunefleet.coordinator.search.Insight;
import dev.tunefleet.coordinator.search.Observation;
import dev.tunefleet.coordinator.search.Outcome;
import dev.tunefleet.coordinator.search.SearchView;
import dev.tunefleet.coordinator.study.TrialEntity;
import dev.tunefleet.coordinator.view.ReadModel;

import static org.assertj.core.api.Assertions.assertThat;

class StudyInsightsTest {

    private final ReadModel model = new ReadModel(Clock.systemUTC());
    private final StudyInsights insights = new StudyInsights(model);

    @Test
    void theParameterThatDecidesIsTheMostImportant() {
        Told study = new Told(model, Specs.aStudySpec(), 0).results(40, StudyInsightsTest::byLearningRate);

        Insight insight = insights.insight(study.shown()).orElseThrow();

        assertThat(insight.importances().getFirst().parameter()).isEqualTo(Guide.LEARNING_RATE);
        assertThat(insight.importances().getFirst().total()).isGreaterThan(0.8);
        assertThat(insight.agreement()).isGreaterThan(0.8);
    }

    @Test
    void lookingAgainWithoutFurtherResultsComputesNothing() {
        Told study = new Told(model, Specs.aStudySpec(), 0).results(8, StudyInsightsTest::byLearningRate);
        Insight first = insights.insight(study.shown()).orElseThrow();

        Insight again = insights.insight(study.shown()).orElseThrow();
        Insight later = insights.insight(
                        study.results(4, StudyInsightsTest::byLearningRate).shown())
                .orElseThrow();

        assertThat(again).isSameAs(first);
        assertThat(later.results()).isEqualTo(12);
    }

    @Test
    void theFirstResultsAreNotMistakenForKnowledge() {
        Told study = new Told(model, Specs.aStudySpec(), 0).results(4, StudyInsightsTest::byLearningRate);

        assertThat(insights.insight(study.shown())).isEmpty();
        assertThat(insights.insight(
                        study.results(1, StudyInsightsTest::byLearningRate).shown()))
                .isPresent();
    }

    @Test
    void noTrialOfTheFrontIsBeatenByAnotherAndAllOthersAre() {
        Told study = new Told(model, thrifty(), 0).results(30, StudyInsightsTest::byUnits);

        List<Observation> front = insights.front(study.shown());

        List<double[]> all = model.trials(study.shown().study().id()).stream()
                .map(trial -> new double[] {
                    trial.result().orElseThrow().value(),
                    trial.result().orElseThrow().seconds()
                })
                .toList();
        List<double[]> best = front.stream().map(StudyInsightsTest::values).toList();
        assertThat(best).hasSizeGreaterThan(1);
        assertThat(all).allSatisfy(each -> {
            boolean beaten = all.stream().anyMatch(other -> beats(other, each));
            boolean shown = best.stream().anyMatch(other -> other[0] == each[0] && other[1] == each[1]);
            assertThat(shown).isEqualTo(!beaten);
        });
    }

    @Test
    void theSearchOfTradeOffsGoesOnWithNewConfigurations() {
        Told study = new Told(model, thrifty(), 0).results(16, StudyInsightsTest::byUnits);
        List<TrialEntity> trials = model.trials(study.shown().study().id());

        SearchView view = SearchViews.of(study.shown().study(), thrifty(), trials, new SearchViews.Slots(4, List.of()));
        List<Configuration> found = new GpSearch().suggest(view, 4, 7);

        assertThat(found)
                .hasSize(4)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(
                        trials.stream().map(TrialEntity::configuration).toList());
    }

    @Test
    void withOneObjectiveTheFrontIsTheBestTrial() {
        Told study = new Told(model, Specs.aStudySpec(), 0).results(9, StudyInsightsTest::byLearningRate);

        assertThat(insights.front(study.shown())).extracting(Observation::trial).containsExactly((long)
                study.shown().study().best().orElseThrow().trial());
    }

    private static boolean beats(double[] a, double[] b) {
        return a[0] <= b[0] && a[1] <= b[1] && (a[0] < b[0] || a[1] < b[1]);
    }

    private static double[] values(Observation observation) {
        var measured = (Outcome.Measured) observation.outcome();
        return new double[] {measured.last().value(), measured.further().getFirst()};
    }

    private static StudySpec thrifty() {
        StudySpec births = Specs.aStudySpec();
        return new StudySpec(
                births.name(),
                births.task(),
                births.data(),
                births.split(),
                births.metric(),
                births.budget(),
                births.training(),
                births.space(),
                births.search(),
                List.of(Expense.TRAINING_SECONDS));
    }

    private static double byLearningRate(Configuration configuration) {
        return 1 + Math.abs(Math.log10(configuration.number(Guide.LEARNING_RATE)) + 3);
    }

    /** More units, which take longer, are better. */
    private static double byUnits(Configuration configuration) {
        return 1 / configuration.number(Guide.UNITS) + configuration.number(Guide.DROPOUT) / 50;
    }
}
