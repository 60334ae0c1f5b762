package dev.tunefleet.coordinator.schedule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ForesightTest {

    private static final int TRIALS = 270;

    @Test
    void rungsThatAgreeAreTrustedThoughOnlyTheBestOfEachReachTheNext() {
        assertThat(misled(0.1)).isLessThan(3);
    }

    @Test
    void rungsThatHaveNothingToDoWithEachOtherMislead() {
        assertThat(misled(100)).isGreaterThan(20);
    }

    @Test
    void anOrderThatIsReversedMisleads() {
        Map<Integer, Double> low = values(i -> (double) i);
        Map<Integer, Double> high = values(i -> (double) -i);

        Foresight seen = Foresight.of(List.of(low, high)).orElseThrow();

        assertThat(seen.misleads()).isTrue();
        assertThat(seen.correlation()).isNegative();
    }

    @Test
    void aFewTrialsSayNothing() {
        Map<Integer, Double> low = values(i -> (double) i);
        Map<Integer, Double> few = new HashMap<>();
        IntStream.range(0, Foresight.FEWEST - 1).forEach(i -> few.put(i, (double) -i));

        assertThat(Foresight.of(List.of(low, few))).isEmpty();
        assertThat(Foresight.of(List.of(low))).isEmpty();
    }

    /** In how many of thirty studies early rungs mislead where each rung adds noise of this size to a spread of one. */
    private static long misled(double noise) {
        return IntStream.range(0, 30)
                .filter(seed -> Foresight.of(study(new Random(seed), noise))
                        .orElseThrow()
                        .misleads())
                .count();
    }

    /** Three rungs; a third of each goes on to the next. */
    private static List<Map<Integer, Double>> study(Random random, double noise) {
        Map<Integer, Double> first = values(i -> random.nextGaussian());
        Map<Integer, Double> second = next(first, random, noise);
        return List.of(first, second, next(second, random, noise));
    }

    private static Map<Integer, Double> next(Map<Integer, Double> before, Random random, double noise) {
        var next = new HashMap<Integer, Double>();
        before.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(before.size() / 3)
                .forEach(each -> next.put(each.getKey(), each.getValue() + noise * random.nextGaussian()));
        return next;
    }

    private static Map<Integer, Double> values(IntFunction<Double> value) {
        var values = new HashMap<Integer, Double>();
        IntStream.range(0, TRIALS).forEach(i -> values.put(i, value.apply(i)));
        return values;
    }
}
