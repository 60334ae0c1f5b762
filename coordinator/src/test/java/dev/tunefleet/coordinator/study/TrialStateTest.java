package dev.tunefleet.coordinator.study;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TrialStateTest {

    private static final Map<String, Set<String>> TABLE = Map.of(
            "Queued",
            Set.of("Queued", "Running", "Paused", "Completed", "Infeasible", "Failed", "Pruned", "Cancelled"),
            "Running",
            Set.of("Queued", "Paused", "Completed", "Infeasible", "Failed", "Pruned", "Cancelled"),
            "Paused",
            Set.of("Queued", "Pruned", "Cancelled"),
            "Completed",
            Set.of(),
            "Pruned",
            Set.of(),
            "Infeasible",
            Set.of(),
            "Failed",
            Set.of(),
            "Cancelled",
            Set.of());

    @Test
    void theTransitionsOfEachStateAreThoseOfTheTable() {
        Map<String, Set<String>> found = new TreeMap<>();

        for (Class<?> state : TrialState.class.getPermittedSubclasses()) {
            found.put(state.getSimpleName(), transitions(state));
        }

        assertThat(found).isEqualTo(TABLE);
    }

    @Test
    void theSimulatedFleetSeesEveryKindOfEnd() {
        Set<String> ends = new TreeSet<>();

        for (long seed = 0; seed < 30; seed++) {
            new FleetSimulation(
                            seed,
                            Scenario.aStudy().trials(30).parallel(4).seed(seed).spec())
                    .run(1000)
                    .trials()
                    .forEach(trial -> ends.add(trial.state().getClass().getSimpleName()));
        }

        assertThat(ends).containsExactly("Cancelled", "Completed", "Failed", "Infeasible", "Pruned");
    }

    private static Set<String> transitions(Class<?> state) {
        Set<String> targets = new TreeSet<>();
        Arrays.stream(state.getDeclaredMethods())
                .map(method -> method.getReturnType())
                .filter(TrialState.class::isAssignableFrom)
                .forEach(target -> targets.add(target.getSimpleName()));
        return targets;
    }
}
