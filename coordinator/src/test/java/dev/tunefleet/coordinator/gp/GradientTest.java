package dev.tunefleet.coordinator.gp;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Every gradient against central differences. */
class GradientTest {

    private static void assertGradient(BoxMinimiser.Differentiable function, double[] x, double tolerance) {
        double[] gradient = new double[x.length];
        function.evaluate(x, gradient);
        for (int i = 0; i < x.length; i++) {
            double step = 1e-5;
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += step;
            down[i] -= step;
            double difference =
                    (function.evaluate(up, new double[x.length]) - function.evaluate(down, new double[x.length]))
                            / (2 * step);
            assertThat(gradient[i])
                    .as("derivative %d", i)
                    .isCloseTo(difference, within(tolerance * (1 + Math.abs(difference))));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void ofTheMarginalLikelihood(long seed) {
        Samples samples = Samples.of(23, seed);
        var likelihood =
                new MarginalLikelihood(samples.features(), samples.byFeature(), samples.y(), samples.level(), 2);
        var random = new SplittableRandom(seed);

        double[] theta = random.doubles(likelihood.dimension(), -2, 1).toArray();

        assertGradient(likelihood::evaluate, theta, 1e-6);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void ofTheImprovementOverFantasies(int pending) {
        Samples samples = Samples.of(40, 9);
        FantasyImprovement improvement = improvement(samples, 30, pending, 16);

        for (int place = 36; place < 40; place++) {
            assertGradient(
                    (x, gradient) -> {
                        Arrays.fill(gradient, 0);
                        return improvement.addGradient(x, gradient);
                    },
                    samples.points()[place],
                    1e-5);
        }
    }

    @Test
    void ofALogProbability() {
        Samples samples = Samples.of(21, 10);
        var term = new MeanTerm(
                new Posterior(samples.process(20), Arrays.copyOf(samples.y(), 20)), new LogProbability(-1, 0.3, 0.2));

        assertGradient(
                (x, gradient) -> {
                    Arrays.fill(gradient, 0);
                    return term.addGradient(x, gradient);
                },
                samples.points()[20],
                1e-6);
    }

    /** A prediction from other results. */
    private static Acquisition trend(Samples samples) {
        return new MeanTerm(new Posterior(samples.process(5), new double[] {1, -1, 0.5, 0, 2}), new Linear(0.6));
    }

    private static FantasyImprovement improvement(Samples samples, int known, int pending, int fantasies) {
        GaussianProcess process = samples.process(known);
        double[] z = new Posterior(process, Arrays.copyOf(samples.y(), known)).whitened();
        var random = new SplittableRandom(4);
        double[][] epsilon = new double[pending][];
        for (int q = 0; q < pending; q++) {
            process.append(samples.points()[known + q], 0);
            epsilon[q] = random.doubles(fantasies, -2, 2).toArray();
        }
        return new FantasyImprovement(
                process, z, epsilon, Arrays.copyOfRange(samples.points(), 0, known + pending), trend(samples));
    }

    @Test
    void aBlockHasTheValuesOfItsPlaces() {
        Samples samples = Samples.of(200, 9);
        FantasyImprovement improvement = improvement(samples, 30, 4, 16);
        double[] values = new double[150];

        improvement.addValues(Arrays.copyOfRange(samples.points(), 50, 200), 150, values);

        for (int c = 0; c < 150; c += 13) {
            assertThat(values[c])
                    .isCloseTo(improvement.addGradient(samples.points()[50 + c], new double[4]), within(1e-8));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theAverageOverFantasiesIsThatOfProcessesWithTheirResults(boolean signal) {
        Samples samples = Samples.of(40, 12);
        int known = 15;
        int fantasies = 6;
        GaussianProcess process = samples.process(known);
        var before = new Posterior(process, Arrays.copyOf(samples.y(), known));
        GaussianProcess extended = process.copy();
        if (signal) {
            extended.appendSignal(samples.points()[20]);
        } else {
            extended.append(samples.points()[20], 0);
        }
        double[][] epsilon = {new SplittableRandom(4).doubles(fantasies, -2, 2).toArray()};
        double[][] contenders = Arrays.copyOf(samples.points(), known);
        double[] place = samples.points()[30];

        double value = new FantasyImprovement(
                        extended, before.whitened(), epsilon, contenders, Acquisition.sum(List.of()))
                .addGradient(place, new double[4]);

        double sum = 0;
        for (int s = 0; s < fantasies; s++) {
            double[] mean = new double[1];
            double[] variance = new double[1];
            before.predict(new double[][] {samples.points()[20]}, 1, mean, variance);
            double[] y = Arrays.copyOf(samples.y(), known + 1);
            y[known] = mean[0] + Math.sqrt(variance[0] + (signal ? 0 : 0.01)) * epsilon[0][s];
            sum += improvement(new Posterior(extended, y), contenders, place);
        }
        assertThat(value).isCloseTo(Math.log(sum / fantasies), within(1e-8));
    }

    @Test
    void aPlaceWhoseSignalIsFantasisedPromisesNothingAndItsNeighbourhoodLittle() {
        Samples samples = Samples.of(40, 13);
        int known = 20;
        GaussianProcess process = samples.process(known);
        double[] z = new Posterior(process, Arrays.copyOf(samples.y(), known)).whitened();
        double[] place = samples.points()[3];
        double[] near = place.clone();
        near[0] += 0.01;
        GaussianProcess extended = process.copy();
        extended.appendSignal(place);
        double[][] epsilon = {new SplittableRandom(5).doubles(64, -2, 2).toArray()};
        Acquisition none = Acquisition.sum(List.of());

        double[] plain = new double[2];
        double[] noisy = new double[2];
        double[][] contenders = {place};
        new FantasyImprovement(process, z, new double[0][], contenders, none)
                .addValues(new double[][] {place, near}, 2, plain);
        new FantasyImprovement(extended, z, epsilon, contenders, none)
                .addValues(new double[][] {place, near}, 2, noisy);

        assertThat(noisy[0]).isLessThan(plain[0] - 5);
        assertThat(noisy[0]).isLessThan(noisy[1]);
        assertThat(noisy[1]).isLessThan(plain[1]);
    }

    private static double improvement(Posterior posterior, double[][] contenders, double[] place) {
        double[] means = new double[contenders.length];
        posterior.predict(contenders, contenders.length, means, new double[contenders.length]);
        double[] mean = new double[1];
        double[] variance = new double[1];
        posterior.predict(new double[][] {place}, 1, mean, variance);
        double best = Arrays.stream(means).min().orElseThrow();
        return Math.exp(LogExpectedImprovement.of(mean[0], Math.sqrt(variance[0]), best));
    }
}
