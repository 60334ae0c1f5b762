package dev.tunefleet.coordinator.study;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.common.trial.TrialEvent;

import static dev.tunefleet.coordinator.study.Scenario.MODEL;
import static dev.tunefleet.coordinator.study.Scenario.SCORES;
import static dev.tunefleet.coordinator.study.Scenario.aConfiguration;
import static dev.tunefleet.coordinator.study.Scenario.aStudy;
import static org.assertj.core.api.Assertions.assertThat;

class L2Test {

    @Test
    void anOverfittedBestTrialOpensL2WithItsNumbers() {
        Scenario scenario = aStudy().guided().running().started(0);

        scenario.report(overfitted(scenario, 0, 0.5));

        assertThat(scenario.study().entity().overfit()).hasValueSatisfying(opening -> {
            assertThat(opening.trial()).isZero();
            assertThat(opening.evidence())
                    .contains("rose from 0.5000 to 0.7000")
                    .contains("fell from 0.4000 to 0.1000");
        });
    }

    @Test
    void l2IsOpenedOnce() {
        Scenario scenario = aStudy().guided().running().started(0);

        scenario.report(overfitted(scenario, 0, 0.5)).started(1).report(overfitted(scenario, 1, 0.5));

        assertThat(scenario.facts(Fact.L2Opened.class)).hasSize(1);
    }

    @Test
    void anOverfittedTrialFarFromTheBestOpensNothing() {
        Scenario scenario = aStudy().guided().running().done(0, 0.2).started(1);

        scenario.report(overfitted(scenario, 1, 0.5));

        assertThat(scenario.facts(Fact.L2Opened.class)).isEmpty();
    }

    @Test
    void aTrialThatUsesL2AlreadyOpensNothing() {
        var withL2 = aConfiguration(1).with(Guide.L2, Value.of(0.005));
        Scenario scenario = aStudy().guided().enqueued(withL2).running().started(0);

        scenario.report(overfitted(scenario, 0, 0.5));

        assertThat(scenario.facts(Fact.L2Opened.class)).isEmpty();
    }

    @Test
    void withoutTheGuideL2IsNeverClosed() {
        Scenario scenario = aStudy().running().started(0);

        scenario.report(overfitted(scenario, 0, 0.5));

        assertThat(scenario.facts(Fact.L2Opened.class)).isEmpty();
    }

    @Test
    void aSpaceThatWasUsedUpWithoutL2IsAskedForMoreOnceItOpens() {
        Scenario scenario = aStudy().guided()
                .parallel(4)
                .unanswered()
                .offer(aConfiguration(1))
                .started(0);
        scenario.offer().offer().offer();
        assertThat(scenario.openRequest()).isEmpty();

        scenario.report(overfitted(scenario, 0, 0.5));

        assertThat(scenario.study().entity().ending()).isEmpty();
        assertThat(scenario.openRequest()).isPresent();
    }

    private static TrialEvent overfitted(Scenario scenario, int trial, double value) {
        var result = new TrainingResult(8, 3, value, value, 0.4, value + 0.2, 0.1, true, 8);
        return new TrialEvent.TrialCompleted(scenario.execution(trial), result, MODEL, SCORES);
    }
}
