package dev.tunefleet.coordinator.study;

import java.util.Set;

import org.junit.jupiter.api.Test;

import static dev.tunefleet.coordinator.study.Scenario.aStudy;
import static org.assertj.core.api.Assertions.assertThat;

class ModelsTest {

    @Test
    void theModelsOfTheFiveBestTrialsAreKept() {
        Scenario scenario = aStudy().trials(20).running();
        for (int trial = 0; trial < 10; trial++) {
            scenario.done(trial, 1.0 - 0.05 * trial);
        }

        assertThat(kept(scenario)).containsExactlyInAnyOrder(5, 6, 7, 8, 9);
    }

    @Test
    void theModelThatWasMeasuredOnTheTestPartIsKeptWhateverComesAfterIt() {
        Scenario scenario = aStudy().trials(1).running().done(0, 0.9).tested(0);
        scenario.ask(
                new Command.CreateStudy(scenario.request(), aStudy().trials(9).spec(), Scenario.DATASET));
        for (int trial = 1; trial < 8; trial++) {
            scenario.done(trial, 0.1 * trial);
        }

        assertThat(kept(scenario)).contains(0).hasSize(6);
    }

    private static Set<Integer> kept(Scenario scenario) {
        return Models.kept(scenario.study().entity(), scenario.study().trials());
    }
}
