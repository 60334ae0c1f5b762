package dev.tunefleet.coordinator.gp;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    private static List<Posterior> posteriors(Samples samples, int n) {
        double[] other =
                Arrays.stream(samples.y()).limit(n).map(y -> Math.cos(3 * y)).toArray();
        return List.of(
                new Posterior(samples.process(n), Arrays.copyOf(samples.y(), n)),
                new Posterior(samples.process(n), other));
    }

    @Test
    void theExpectationAgreesWithSampling() {
        Samples samples = Samples.of(30, 3);
        List<Posterior> objectives = posteriors(samples, 12);
        Boxes boxes = Boxes.below(new double[][] {{-0.2, 0.5}, {0.4, 0.1}}, new double[] {1.5, 1.5});
        double[][] place = {samples.points()[20]};
        double[][] mean = new double[2][1];
        double[][] variance = new double[2][1];
        for (int k = 0; k < 2; k++) {
            objectives.get(k).predict(place, 1, mean[k], variance[k]);
        }
        var random = new SplittableRandom(1);
        double sum = 0;
        int draws = 200_000;
        for (int i = 0; i < draws; i++) {
            sum += boxes.improvement(new double[] {
                mean[0][0] + Math.sqrt(variance[0][0]) * random.nextGaussian(),
                mean[1][0] + Math.sqrt(variance[1][0]) * random.nextGaussian()
            });
        }

        double[] value = new double[1];
        new HypervolumeImprovement(objectives, boxes).addValues(place, 1, value);

        assertThat(Math.exp(value[0])).isCloseTo(sum / draws, within(0.02 * sum / draws));
    }

    @Test
    void theGradientIsThatOfCentralDifferences() {
        Samples samples = Samples.of(30, 3);
        Boxes boxes = Boxes.below(new double[][] {{-0.2, 0.5}, {0.4, 0.1}}, new double[] {1.5, 1.5});
        var improvement = new HypervolumeImprovement(posteriors(samples, 12), boxes);

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
