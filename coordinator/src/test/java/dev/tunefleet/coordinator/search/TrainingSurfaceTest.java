package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tunefleet.coordinator.search.TrainingSurface.Training;

import static org.assertj.core.api.Assertions.assertThat;

class TrainingSurfaceTest {

    private static final int FOLDS = 10;

    @Test
    void theTableHoldsAtLeastThreeHundredTrainingsOfTwoDataSetsWithSeveralSeeds() {
        List<TrainingSurface> surfaces =
                TrainingSurface.DATA_SETS.stream().map(TrainingSurface::of).toList();

        assertThat(surfaces).hasSize(2);
        assertThat(surfaces.stream().mapToInt(each -> each.trainings().size()).sum())
                .isGreaterThanOrEqualTo(300);
        assertThat(surfaces).allSatisfy(surface -> assertThat(TrainingSurface.repeated(surface.trainings()))
                .hasSizeGreaterThanOrEqualTo(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"births", "etth1"})
    void theForestRanksTrainingsThatItHasNotSeen(String dataSet) {
        List<Training> trainings = TrainingSurface.of(dataSet).trainings();

        double[] predicted = new double[trainings.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int left = fold;
            List<Training> seen = new ArrayList<>(trainings);
            seen.removeIf(each -> fold(each) == left);
            RegressionForest forest = TrainingSurface.forest(seen);
            IntStream.range(0, predicted.length)
                    .filter(i -> fold(trainings.get(i)) == left)
                    .forEach(i -> predicted[i] = forest.at(trainings.get(i).point()));
        }

        double[] measured = trainings.stream().mapToDouble(Training::error).toArray();
        assertThat(Ranks.correlation(predicted, measured)).isGreaterThan(0.8);
    }

    /** All trainings of a configuration fall into one fold. */
    private static int fold(Training training) {
        return Math.floorMod(Arrays.hashCode(training.point()), FOLDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"births", "etth1"})
    void noTrainingIsFarBelowTheMinimumOfTheForest(String dataSet) {
        TrainingSurface surface = TrainingSurface.of(dataSet);

        double best =
                surface.trainings().stream().mapToDouble(Training::error).min().orElseThrow();

        assertThat(surface.minimum())
                .isBetween(best * Math.exp(-surface.noise()), best * Math.exp(4 * surface.noise()));
    }
}
