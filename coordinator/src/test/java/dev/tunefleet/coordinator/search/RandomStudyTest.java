package dev.tunefleet.coordinator.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;

import static org.assertj.core.api.Assertions.assertThat;

/** Studies of random spaces whose trials end in random ways, with values of any size. */
class RandomStudyTest {

    private static SearchSpace space(SplittableRandom random) {
        var options = List.of(Value.of("a"), Value.of("b"), Value.of("c"));
        var parameters = new ArrayList<Parameter>();
        int count = random.nextInt(1, 7);
        for (int i = 0; i < count; i++) {
            String name = "p" + i;
            parameters.add(
                    switch (random.nextInt(6)) {
                        case 0 -> new Real(name, -1e9 * random.nextDouble(), 1e9, Scale.LINEAR);
                        case 1 -> new Real(name, 1e-12, 1, Scale.LOG);
                        case 2 -> new Whole(name, 1, random.nextLong(1, 4_000_000_000L), 1, Scale.LOG);
                        case 3 -> new Choice(name, options.subList(0, random.nextInt(1, 4)), random.nextBoolean());
                        case 4 -> new Switched(new Real(name, 1e-3, 1e-2, Scale.LOG));
                        default -> new Whole(name, 0, random.nextInt(3));
                    });
        }
        return new SearchSpace(parameters);
    }

    private static Outcome outcome(SplittableRandom random, int fullEpochs) {
        double value =
                switch (random.nextInt(4)) {
                    case 0 -> 1e300 * random.nextDouble();
                    case 1 -> -1e-300;
                    case 2 -> Math.exp(30 * random.nextGaussian());
                    default -> random.nextInt(2);
                };
        var early = new Outcome.Reading(1, value);
        return switch (random.nextInt(8)) {
            case 0 -> new Outcome.Diverged();
            case 1 -> new Outcome.TimedOut(10 * random.nextDouble());
            case 2 -> new Outcome.OutOfMemory();
            case 3, 4 -> Outcome.Measured.of(List.of(early), 5 * random.nextDouble());
            default ->
                fullEpochs == 1
                        ? Outcome.Measured.of(List.of(early), 5)
                        : Outcome.Measured.of(List.of(early, new Outcome.Reading(fullEpochs, value * 0.9)), 20);
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everySuggestionOfAnyStudyIsLegalAndNew(long seed) {
        var random = new SplittableRandom(seed);
        SearchSpace space = space(random);
        int workers = random.nextInt(1, 5);
        int fullEpochs = random.nextBoolean() ? 1 : 27;
        var start = SearchView.of(space)
                .withFullEpochs(fullEpochs)
                .withResources(workers, 50)
                .withCostAware(random.nextBoolean());
        var search = new GpSearch();
        var observations = new ArrayList<Observation>();
        Deque<Pending> pending = new ArrayDeque<>();
        var seen = new HashSet<Configuration>();

        for (int trial = 0; trial < 25; trial++) {
            SearchView view = start.withObservations(observations).withPending(List.copyOf(pending));
            for (Configuration each : search.suggest(view, 1, seed)) {
                assertThat(space.contains(each)).as("%s", each).isTrue();
                assertThat(seen.add(each)).as("%s is new", each).isTrue();
                pending.add(new Pending(trial, each));
            }
            if (pending.size() == workers) {
                Pending ended = pending.remove();
                observations.add(new Observation(ended.trial(), ended.configuration(), outcome(random, fullEpochs)));
            }
        }
    }
}
