package dev.tunefleet.coordinator.study;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Guide;

import static dev.tunefleet.coordinator.study.Scenario.aConfiguration;
import static dev.tunefleet.coordinator.study.Scenario.aStudy;
import static org.assertj.core.api.Assertions.assertThat;

class SuggestionTest {

    @Test
    void enqueuedConfigurationsComeFirstThenTheGuidesStartThenSuggestions() {
        Configuration wanted = aConfiguration(500);

        Scenario scenario = aStudy().enqueued(wanted).guided().parallel(3).running();

        assertThat(scenario.study().trials().stream().map(TrialEntity::origin))
                .startsWith(new Origin.Enqueued(), new Origin.Guided(), new Origin.Suggested(0));
        assertThat(scenario.trial(0).configuration()).isEqualTo(wanted);
        assertThat(scenario.trial(1).configuration()).isEqualTo(Guide.start(Guide.SPACE));
    }

    @Test
    void oneAtATimeNothingIsPreparedAhead() {
        Scenario scenario = aStudy().parallel(1).unanswered();
        assertThat(scenario.openRequest().orElseThrow().count()).isOne();

        scenario.offer(aConfiguration(1));

        assertThat(scenario.openRequest()).isEmpty();
        assertThat(scenario.published()).hasSize(1);
    }

    @Test
    void oneSuggestionInEightSlotsIsKeptReady() {
        Scenario scenario = aStudy().trials(100).parallel(17).running();

        assertThat(scenario.study().entity().waiting()).hasSize(3);
        assertThat(scenario.published()).hasSize(17);
    }

    @Test
    void thousandsOfSlotsAreFilledByRequestsOfAThousandSuggestions() {
        Scenario scenario = aStudy().trials(3000).parallel(2500).running();

        scenario.tick(2500);

        assertThat(scenario.facts(Fact.SuggestionsRequested.class))
                .extracting(requested -> requested.request().count())
                .contains(1000)
                .allMatch(count -> count <= 1000);
        assertThat(scenario.published()).hasSize(2500);
    }

    @Test
    void theSearchIsAskedOnceForHalfOfWhatMayWait() {
        Scenario scenario = aStudy().trials(1000).parallel(80).running();
        int asked = scenario.facts(Fact.SuggestionsRequested.class).size();

        for (int trial = 0; trial < 4; trial++) {
            scenario.done(trial, 1);
        }
        assertThat(scenario.facts(Fact.SuggestionsRequested.class)).hasSize(asked);
        scenario.done(4, 1);

        assertThat(scenario.facts(Fact.SuggestionsRequested.class)).hasSize(asked + 1);
        assertThat(scenario.facts(Fact.SuggestionsRequested.class)
                        .getLast()
                        .request()
                        .count())
                .isEqualTo(5);
        assertThat(scenario.study().entity().waiting()).hasSize(10);
    }

    @Test
    void neverMoreIsAskedForThanTheBudgetHas() {
        Scenario scenario = aStudy().trials(5).parallel(8).unanswered();

        assertThat(scenario.openRequest().orElseThrow().count()).isEqualTo(5);
    }

    @Test
    void anAnswerIsAcceptedOnce() {
        Scenario scenario = aStudy().parallel(2).unanswered();
        long number = scenario.openRequest().orElseThrow().number();
        var answer = List.of(aConfiguration(1), aConfiguration(2), aConfiguration(3));
        scenario.ask(new Command.OfferSuggestions(scenario.request(), number, answer));

        scenario.ask(new Command.OfferSuggestions(
                scenario.request(), number, List.of(aConfiguration(4), aConfiguration(5))));

        assertThat(scenario.facts(Fact.SuggestionsAccepted.class)).hasSize(1);
        assertThat(scenario.study().trials()).hasSize(2);
    }

    @Test
    void aConfigurationThatIsPresentIsNotTriedAgainButAskedForAnew() {
        Scenario scenario = aStudy().parallel(2).unanswered();
        scenario.offer(aConfiguration(1));
        long first = scenario.openRequest().orElseThrow().number();

        scenario.offer(aConfiguration(1));

        assertThat(scenario.study().trials()).hasSize(1);
        assertThat(scenario.openRequest().orElseThrow().number()).isEqualTo(first + 1);
    }

    @Test
    void aConfigurationOutsideTheSpaceIsNotTried() {
        Scenario scenario = aStudy().parallel(1).unanswered();

        scenario.offer(aConfiguration(1).with(Guide.UNITS, Value.of(5000)));

        assertThat(scenario.study().trials()).isEmpty();
        assertThat(scenario.openRequest()).isPresent();
    }

    @Test
    void suggestionsThatWaitedForTooManyResultsAreDropped() {
        Scenario scenario = aStudy().trials(100).parallel(2).running();
        Suggestion waiting = scenario.study().entity().waiting().getFirst();
        for (int i = 0; i < 3; i++) {
            scenario.ask(new Command.EnqueueTrial(scenario.request(), aConfiguration(1000 + i)));
        }

        for (int trial = 0; trial < 3; trial++) {
            scenario.done(trial, 0.5);
        }

        assertThat(scenario.facts(Fact.SuggestionsDropped.class))
                .containsExactly(new Fact.SuggestionsDropped(List.of(waiting.number())));
        assertThat(scenario.study().trials().stream().map(TrialEntity::configuration))
                .doesNotContain(waiting.configuration());
    }

    @Test
    void aSearchThatKnowsNothingNewEndsTheStudy() {
        Scenario scenario = aStudy().unanswered().offer(aConfiguration(1)).done(0, 0.5);

        scenario.offer().offer(aConfiguration(1)).offer();

        assertThat(scenario.study().entity().ending()).contains(EndReason.EXHAUSTED);
        assertThat(scenario.state()).isEqualTo(StudyState.EVALUATING);
    }

    @Test
    void aRequestStaysOpenOverATakeOver() {
        Scenario scenario = aStudy().unanswered();
        SuggestionRequest open = scenario.openRequest().orElseThrow();

        scenario.takeOver().tick(10);

        assertThat(scenario.openRequest()).contains(open);
    }
}
