package dev.tunefleet.coordinator.gp;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class HypervolumeImprovementTest {

    @Test
    void theGainOfAPointIsTheAreaThatItAloneDominates() {
        double[][] front = {{1, 3}, {2, 2}, {3, 1}, {3, 3}};
        Boxes boxes = Boxes.below(front, new double[] {4, 4});

        assertThat(boxes.improvement(new double[] {1.5, 1.5})).isCloseTo(1.25, within(1e-12));
        assertThat(boxes.improvement(new double[] {0, 0})).isCloseTo(16 - 6, within(1e-12));
        assertThat(boxes.improvement(new double[] {2.5, 2.5})).isZero();
        assertThat(boxes.improvement(new double[] {0.5, 5})).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void theGainAgreesWithCounting(int objectives) {
        var random = new SplittableRandom(7);
        double[][] front = new double[6][];
        for (int i = 0; i < front.length; i++) {
            front[i] = random.doubles(objectives).toArray();
        }
        double[] reference = new double[objectives];
        Arrays.fill(reference, 1);
        double[] point = random.doubles(objectives, 0, 0.5).toArray();
        int samples = 200_000;
        int gained = 0;
        for (int i = 0; i < samples; i++) {
            double[] at = random.doubles(objectives).toArray();
            boolean before = Arrays.stream(front).anyMatch(each -> below(each, at));
            gained += !before && below(point, at) ? 1 : 0;
        }

        double gain = Boxes.below(front, reference).improvement(point);

        assertThat(gain).isCloseTo((double) gained / samples, within(0.005));
    }

    private static boolean below(double[] a, double[] b) {
        for (int k = 0; k < a.length; k++) {
            if (a[k] > b[k]) {
                return false;
            }
        }
        return true;
    }

    /** n points on the simplex, none of which dominates another. */
    private static double[][] front(int n, int objectives, SplittableRandom random) {
        double[][] front = new double[n][];
        for (int i = 0; i < n; i++) {
            double[] weights =
                    random.doubles(objectives).map(each -> -Math.log(each)).toArray();
            double sum = Arrays.stream(weights).sum();
            front[i] = Arrays.stream(weights).map(each -> each / sum).toArray();
        }
        return front;
    }

    private static double[][] withDominated(double[][] front, SplittableRandom random) {
        return Stream.concat(
                        Arrays.stream(front),
                        Arrays.stream(front)
                                .flatMap(each -> Stream.of(
                                        each,
                                        Arrays.stream(each)
                                                .map(value -> value + 0.5 * random.nextDouble())
                                                .toArray())))
                .toArray(double[][]::new);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void pointsThatOthersDominateAndRepeatedOnesChangeNoBox(int objectives) {
        var random = new SplittableRandom(5);
        double[][] front = front(12, objectives, random);
        double[] reference = new double[objectives];
        Arrays.fill(reference, 1.1);

        Boxes boxes = Boxes.below(withDominated(front, random), reference);

        Boxes alone = Boxes.below(front, reference);
        assertThat(boxes.low()).isDeepEqualTo(alone.low());
        assertThat(boxes.high()).isDeepEqualTo(alone.high());
    }

    @ParameterizedTest
    @CsvSource({"2, 201", "3, 401"})
    void theBoxesAreFewWhateverTheFront(int objectives, int most) {
        var random = new SplittableRandom(6);
        double[] reference = new double[objectives];
        Arrays.fill(reference, 1.1);

        Boxes boxes = Boxes.below(withDominated(front(200, objectives, random), random), reference);

        assertThat(boxes.low().length).isLessThanOrEqualTo(most);
    }

    @Test
    void pointsOnEqualLevelsAreCutLikeOthers() {
        double[][] front = {{0, 2, 1}, {1, 1, 1}, {2, 0, 1}, {1, 2, 0}, {2, 1, 0}, {0, 1, 2}};
        Boxes boxes = Boxes.below(front, new double[] {3, 3, 3});
        int left = 0;
        for (int cell = 0; cell < 27; cell++) {
            double[] at = {cell % 3 + 0.5, cell / 3 % 3 + 0.5, cell / 9 + 0.5};
            left += Arrays.stream(front).noneMatch(each -> below(each, at)) ? 1 : 0;
        }

        double volume = boxes.improvement(new double[] {0, 0, 0});

        assertThat(volume).isCloseTo(left, within(1e-12));
    }

    private static List<Posterior> posteriors(Samples samples, int n) {
        double[] other =
                Arrays.stream(samples.y()).limit(n).map(y -> Math.cos(3 * y)).toArray();
        double[] third =
                Arrays.stream(samples.y()).limit(n).map(y -> Math.sin(2 * y)).toArray();
        return List.of(
                new Posterior(samples.process(n), Arrays.copyOf(samples.y(), n)),
                new Posterior(samples.process(n), other),
                new Posterior(samples.process(n), third));
    }

    private static final double[][] FRONT = {{-0.2, 0.5, 0.3}, {0.4, 0.1, 0.6}, {0.1, 0.3, 0.8}, {0.6, 0.7, -0.4}};

    /** Boxes of as many objectives as there are posteriors. */
    private static Boxes boxes(int objectives) {
        double[][] front = Arrays.stream(FRONT)
                .map(each -> Arrays.copyOf(each, objectives))
                .toArray(double[][]::new);
        double[] reference = new double[objectives];
        Arrays.fill(reference, 1.5);
        return Boxes.below(front, reference);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theExpectationAgreesWithSampling(int several) {
        Samples samples = Samples.of(30, 3);
        List<Posterior> objectives = posteriors(samples, 12).subList(0, several);
        Boxes boxes = boxes(several);
        double[][] place = {samples.points()[20]};
        double[][] mean = new double[several][1];
        double[][] variance = new double[several][1];
        for (int k = 0; k < several; k++) {
            objectives.get(k).predict(place, 1, mean[k], variance[k]);
        }
        var random = new SplittableRandom(1);
        double sum = 0;
        int draws = 200_000;
        for (int i = 0; i < draws; i++) {
            sum += boxes.improvement(IntStream.range(0, several)
                    .mapToDouble(k -> mean[k][0] + Math.sqrt(variance[k][0]) * random.nextGaussian())
                    .toArray());
        }

        double[] value = new double[1];
        new HypervolumeImprovement(objectives, boxes).addValues(place, 1, value);

        assertThat(Math.exp(value[0])).isCloseTo(sum / draws, within(0.02 * sum / draws));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theGradientIsThatOfCentralDifferences(int several) {
        Samples samples = Samples.of(30, 3);
        var improvement = new HypervolumeImprovement(posteriors(samples, 12).subList(0, several), boxes(several));

        for (int i = 20; i < 25; i++) {
            double[] gradient = new double[4];
            double value = improvement.addGradient(samples.points()[i], gradient);
            double[] block = new double[1];
            improvement.addValues(new double[][] {samples.points()[i]}, 1, block);
            assertThat(value).isCloseTo(block[0], within(1e-9));
            for (int f = 0; f < 4; f++) {
                double[] up = samples.points()[i].clone();
                double[] down = up.clone();
                up[f] += 1e-5;
                down[f] -= 1e-5;
                double difference =
                        (improvement.addGradient(up, new double[4]) - improvement.addGradient(down, new double[4]))
                                / 2e-5;
                assertThat(gradient[f]).isCloseTo(difference, within(1e-5 * (1 + Math.abs(difference))));
            }
        }
    }
}
