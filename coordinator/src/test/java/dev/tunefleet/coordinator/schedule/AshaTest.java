package dev.tunefleet.coordinator.schedule;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tunefleet.common.spec.Scheduler;

import static org.assertj.core.api.Assertions.assertThat;

class AshaTest {

    @ParameterizedTest
    @CsvSource({
        "3,3,30,'3,10,30'",
        "3,3,9,'3,9'",
        "3,1,81,'1,3,9,27,81'",
        "2,5,40,'5,10,20,40'",
        "3,3,2,'2'",
        "4,3,10,'3,10'"
    })
    void rungsFallByEtaFromTheMostEpochsDownToTheFewest(int eta, int minEpochs, int epochs, String rungs) {
        var asha = new Asha(eta, minEpochs, epochs);

        assertThat(asha.rungs())
                .isEqualTo(
                        List.of(rungs.split(",")).stream().map(Integer::valueOf).toList());
        assertThat(asha.firstTarget()).isEqualTo(asha.rungs().getFirst());
    }

    @Test
    void thePromotionOfTheHigherRungGoesFirst() {
        var asha = new Asha(2, 1, 4);
        pause(asha, 0, 1, 0.1);
        pause(asha, 1, 1, 0.2);
        pause(asha, 2, 2, 0.3);
        pause(asha, 3, 2, 0.4);

        assertThat(asha.promotion()).contains(new Schedule.Promotion(2, 4));
        assertThat(asha.promotable()).isEqualTo(2);
    }

    @Test
    void aPromotedTrialIsNotPromotedFromTheSameRungAgain() {
        var asha = new Asha(2, 1, 4);
        pause(asha, 0, 1, 0.1);
        pause(asha, 1, 1, 0.2);

        asha.leave(0);

        assertThat(asha.promotion()).isEmpty();
    }

    @Test
    void aTrialThatFallsOutOfTheBestIsNoLongerPromotable() {
        var asha = new Asha(2, 1, 4);
        pause(asha, 0, 1, 0.3);
        pause(asha, 1, 1, 0.4);
        assertThat(asha.promotion()).contains(new Schedule.Promotion(0, 2));

        asha.enter(2, 1, 0.1);

        assertThat(asha.promotion()).isEmpty();
    }

    @Test
    void theTopRungPromotesNobody() {
        var asha = new Asha(2, 4, 4);
        for (int trial = 0; trial < 10; trial++) {
            pause(asha, trial, 4, trial);
        }

        assertThat(asha.promotion()).isEmpty();
        assertThat(asha.promotable()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whoIsPromotableEqualsTheDefinition(long seed) {
        var random = new Random(seed);
        var asha = new Asha(3, 1, 3);
        Map<Integer, Double> values = new HashMap<>();
        Map<Integer, Double> waiting = new HashMap<>();

        for (int trial = 0; trial < 300; trial++) {
            double value = random.nextInt(40) / 10.0;
            values.put(trial, value);
            if (random.nextInt(3) > 0) {
                pause(asha, trial, 1, value);
                waiting.put(trial, value);
            } else {
                asha.enter(trial, 1, value);
            }
            if (random.nextInt(3) == 0) {
                asha.promotion().ifPresent(best -> {
                    asha.leave(best.trial());
                    waiting.remove(best.trial());
                });
            }

            assertThat(asha.promotion().map(Schedule.Promotion::trial)).isEqualTo(byDefinition(values, waiting));
        }
    }

    @Test
    void whatAScheduleHoldsDoesNotDependOnTheOrder() {
        List<Integer> trials = IntStream.range(0, 50).boxed().toList();
        Schedule forwards = Schedule.of(new Scheduler.Asha(3, 1), 9);
        Schedule backwards = Schedule.of(new Scheduler.Asha(3, 1), 9);

        trials.forEach(trial -> pause(forwards, trial, 1, trial % 7));
        trials.reversed().forEach(trial -> pause(backwards, trial, 1, trial % 7));

        assertThat(forwards.promotion()).isEqualTo(backwards.promotion()).isPresent();
        assertThat(forwards.promotable()).isEqualTo(backwards.promotable());
    }

    private static Optional<Integer> byDefinition(Map<Integer, Double> values, Map<Integer, Double> waiting) {
        return values.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .limit(values.size() / 3)
                .filter(entry -> waiting.containsKey(entry.getKey()))
                .min(Comparator.<Map.Entry<Integer, Double>>comparingDouble(Map.Entry::getValue)
                        .thenComparingInt(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    private static void pause(Schedule schedule, int trial, int epochs, double value) {
        schedule.enter(trial, epochs, value);
        schedule.pause(trial, epochs);
    }
}
