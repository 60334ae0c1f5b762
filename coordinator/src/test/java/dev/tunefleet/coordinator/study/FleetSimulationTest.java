package dev.tunefleet.coordinator.study;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.Scheduler;
import dev.tunefleet.common.spec.SearchSettings;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.spec.StudySpec;

import static org.assertj.core.api.Assertions.assertThat;

class FleetSimulationTest {

    private static final int SEEDS = Integer.getInteger("tunefleet.simulation.seeds", 400);
    private static final int STEPS = Integer.getInteger("tunefleet.simulation.steps", 3000);

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverHappensToTheFleetTheStudyCountsRightAndEnds(long seed) {
        new FleetSimulation(seed, spec(new Random(seed))).run(STEPS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void feedingTheWholeInputTwiceChangesNothing(long seed) {
        var simulation = new FleetSimulation(seed, spec(new Random(seed)));
        simulation.run(STEPS / 10);

        Changes changes = simulation.feedAgain();

        assertThat(changes).isEqualTo(new Changes(Optional.empty(), List.of(), List.of()));
    }

    private static StudySpec spec(Random random) {
        StudySpec births = Specs.aStudySpec();
        List<Scheduler> schedulers =
                List.of(Scheduler.Asha.DEFAULT, new Scheduler.None(), new Scheduler.MedianStopping(1, 3));
        var budget = new Budget(
                1 + random.nextInt(30),
                random.nextInt(4) == 0 ? Optional.of(Duration.ofSeconds(20 + random.nextInt(600))) : Optional.empty(),
                1 + random.nextInt(12),
                random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(9)) : OptionalInt.empty(),
                random.nextInt(6) == 0 ? OptionalDouble.of(0.2) : OptionalDouble.empty(),
                random.nextInt(6) == 0 ? OptionalInt.of(3 + random.nextInt(10)) : OptionalInt.empty(),
                2 + random.nextInt(6));
        var search = new SearchSettings(
                SearchSettings.Algorithm.BAYESIAN,
                schedulers.get(random.nextInt(schedulers.size())),
                random.nextLong(),
                random.nextBoolean(),
                List.of(),
                random.nextInt(4));
        return new StudySpec(
                births.name(),
                births.task(),
                births.data(),
                births.split(),
                births.metric(),
                budget,
                births.training(),
                births.space(),
                search);
    }
}
