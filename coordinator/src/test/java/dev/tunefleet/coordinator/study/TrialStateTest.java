package dev.tunefleet.coordinator.study;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

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

        states(TrialState.class).forEach(state -> found.put(state.getSimpleName(), transitions(state)));

        assertThat(found).isEqualTo(TABLE);
    }

    @Test
    void theSimulatedFleetSeesEveryKindOfEnd() {
        Set<String> ends = new TreeSet<>();

        for (long seed = 0; seed < 60; seed++) {
            new FleetSimulation(
                            seed,
                            Scenario.aStudy().trials(30).parallel(4).seed(seed).spec())
                    .run(1000)
                    .trials()
                    .forEach(trial -> ends.add(trial.state().getClass().getSimpleName()));
        }

        assertThat(ends).containsExactly("Cancelled", "Completed", "Failed", "Infeasible", "Pruned");
    }

    private static Stream<Class<?>> states(Class<?> kind) {
        return kind.isSealed()
                ? Arrays.stream(kind.getPermittedSubclasses()).flatMap(TrialStateTest::states)
                : Stream.of(kind);
    }

    /** The types that the methods of {@code state} return, those of its interfaces among them. */
    private static Set<String> transitions(Class<?> state) {
        Set<String> targets = new TreeSet<>();
        Stream.concat(Arrays.stream(state.getDeclaredMethods()), Arrays.stream(state.getMethods()))
                .map(Method::getReturnType)
                .filter(TrialState.class::isAssignableFrom)
                .forEach(target -> targets.add(target.getSimpleName()));
        return targets;
    }
}
