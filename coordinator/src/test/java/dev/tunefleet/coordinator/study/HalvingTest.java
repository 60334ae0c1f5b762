package dev.tunefleet.coordinator.study;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Scheduler;

import static dev.tunefleet.coordinator.study.Scenario.aStudy;
import static org.assertj.core.api.Assertions.assertThat;

class HalvingTest {

    @Test
    void earlyRungsThatMisleadEndHalvingOnceAndForAll() {
        Scenario scenario = misled();

        assertThat(scenario.facts(Fact.HalvingEnded.class)).singleElement().satisfies(fact -> {
            assertThat(fact.end().trials()).isEqualTo(8);
            assertThat(fact.end().correlation()).isNegative();
        });
        assertThat(scenario.study().entity().halvingEnd()).isPresent();
    }

    @Test
    void afterThatTrialsAreTrainedToTheEndAtOnce() {
        Scenario scenario = misled();

        scenario.done(24, 0.7);

        assertThat(scenario.lastPublished().trainTo()).isEqualTo(9);
        assertThat(scenario.lastPublished().resumeFrom()).isEmpty();
    }

    @Test
    void aTrialThatWasOnItsWayToARungGoesOnFromThere() {
        Scenario scenario = misled();
        int promoted = scenario.facts(Fact.TrialPromoted.class).size();

        scenario.started(24).rung(24, 3, 0.9);

        assertThat(scenario.facts(Fact.TrialPromoted.class))
                .hasSize(promoted + 1)
                .endsWith(new Fact.TrialPromoted(24, 9));
    }

    @Test
    void aCoordinatorThatTakesOverKnowsIt() {
        Scenario scenario = misled().takeOver().tick(5).started(24).rung(24, 3, 0.9);

        assertThat(scenario.facts(Fact.TrialPromoted.class)).endsWith(new Fact.TrialPromoted(24, 9));
    }

    /** The better the eight best are after three epochs, the worse they are after nine. */
    private static Scenario misled() {
        Scenario scenario =
                aStudy().trials(60).scheduler(Scheduler.Asha.DEFAULT).running();
        int ended = 0;
        for (int trial = 0; trial < 24; trial++) {
            scenario.started(trial).rung(trial, 3, 0.1 + 0.01 * trial);
            if (trial % 3 == 2) {
                scenario.done(ended, 0.09 - 0.01 * ended);
                ended++;
            }
        }
        return scenario;
    }
}
