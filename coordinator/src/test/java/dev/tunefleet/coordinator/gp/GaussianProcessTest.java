package dev.tunefleet.coordinator.gp;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class GaussianProcessTest {

    /** The covariance as it is defined, entry by entry. */
    private static double covariance(double[] a, double[] b, Features features, Hyperparameters hyper) {
        double r2 = 0;
        for (int f = 0; f < a.length; f++) {
            double scaled = (a[f] - b[f]) / hyper.lengthScales()[features.group()[f]];
            r2 += scaled * scaled;
        }
        double s = Math.sqrt(5 * r2);
        return hyper.variance() * (1 + s + 5 * r2 / 3) * Math.exp(-s);
    }

    private static DMatrixRMaj covariance(Samples samples, int n) {
        Hyperparameters hyper = Samples.someHyperparameters();
        var k = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double noise = i == j ? hyper.noise()[samples.level()[i]] : 0;
                k.set(i, j, noise + covariance(samples.points()[i], samples.points()[j], samples.features(), hyper));
            }
        }
        return k;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 33, 70})
    void thePosteriorAgreesWithAnExplicitInverse(int n) {
        Samples samples = Samples.of(n + 3, 11);
        double[] y = Arrays.copyOf(samples.y(), n);
        double[][] places = Arrays.copyOfRange(samples.points(), n, n + 3);
        var inverse = new DMatrixRMaj(n, n);
        assertThat(CommonOps_DDRM.invert(covariance(samples, n), inverse)).isTrue();
        double[] means = new double[3];
        double[] variances = new double[3];

        new Posterior(samples.process(n), y).predict(places, 3, means, variances);

        for (int c = 0; c < 3; c++) {
            var k = new DMatrixRMaj(n, 1);
            for (int i = 0; i < n; i++) {
                k.set(
                        i,
                        0,
                        covariance(samples.points()[i], places[c], samples.features(), Samples.someHyperparameters()));
            }
            var weights = new DMatrixRMaj(n, 1);
            CommonOps_DDRM.mult(inverse, k, weights);
            assertThat(means[c]).isCloseTo(CommonOps_DDRM.dot(weights, new DMatrixRMaj(y)), within(1e-9));
            assertThat(variances[c]).isCloseTo(1.3 - CommonOps_DDRM.dot(weights, k), within(1e-9));
        }
    }

    @Test
    void anAppendedFactorEqualsARefit() {
        Samples samples = Samples.of(60, 5);
        DMatrixRMaj expected = covariance(samples, 60);

        CholeskyFactor factor = samples.process(60).factor();

        for (int i = 0; i < 60; i++) {
            for (int j = 0; j <= i; j++) {
                double product = 0;
                for (int k = 0; k <= j; k++) {
                    product += factor.entry(i, k) * factor.entry(j, k);
                }
                assertThat(product).isCloseTo(expected.get(i, j), within(1e-12));
            }
        }
    }

    @Test
    void aCopyGrowsWithoutItsOriginal() {
        Samples samples = Samples.of(20, 6);
        GaussianProcess original = samples.process(10);

        GaussianProcess copy = original.copy();
        copy.append(samples.points()[11], 0);
        original.append(samples.points()[10], 0);

        assertThat(copy.size()).isEqualTo(11);
        double[] row = new double[11];
        original.covariances(samples.points()[10], row);
        assertThat(row[10]).isEqualTo(original.hyperparameters().variance());
    }

    @Test
    void equalPointsDoNotBreakTheFactor() {
        var process = new GaussianProcess(
                new Features(new int[] {0}, 1), new Hyperparameters(new double[] {1}, 1, new double[] {0}));
        for (int i = 0; i < 5; i++) {
            process.append(new double[] {0.5}, 0);
        }

        double[] means = new double[1];
        double[] variances = new double[1];
        new Posterior(process, new double[] {1, 1, 1, 1, 1}).predict(new double[][] {{0.5}}, 1, means, variances);

        assertThat(means[0]).isCloseTo(1, within(1e-4));
        assertThat(variances[0]).isPositive().isLessThan(1e-4);
    }

    @Test
    void leavingOneOutIsPredictingItFromTheOthers() {
        Samples samples = Samples.of(25, 8);
        double[][] left = new Posterior(samples.process(25), samples.y())
                .leaveOut(IntStream.range(0, 25).toArray());
        int out = 7;
        var others = new GaussianProcess(samples.features(), Samples.someHyperparameters());
        double[] y = new double[24];
        for (int i = 0, k = 0; i < 25; i++) {
            if (i != out) {
                others.append(samples.points()[i], samples.level()[i]);
                y[k++] = samples.y()[i];
            }
        }

        double[] mean = new double[1];
        double[] variance = new double[1];
        new Posterior(others, y).predict(new double[][] {samples.points()[out]}, 1, mean, variance);

        double noise = Samples.someHyperparameters().noise()[samples.level()[out]];
        assertThat(left[out]).containsExactly(new double[] {mean[0], variance[0] + noise}, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 40})
    void leavingAGroupOutIsPredictingItFromAllOthers(int groups) {
        Samples samples = Samples.of(40, 9);
        int[] group = IntStream.range(0, 40).map(i -> 7 * i % groups).toArray();

        double[][] left = new Posterior(samples.process(40), samples.y()).leaveOut(group);

        for (int out = 0; out < 40; out++) {
            int own = group[out];
            int[] others = IntStream.range(0, 40).filter(i -> group[i] != own).toArray();
            var refit = new GaussianProcess(samples.features(), Samples.someHyperparameters());
            IntStream.of(others).forEach(i -> refit.append(samples.points()[i], samples.level()[i]));
            double[] y = IntStream.of(others).mapToDouble(i -> samples.y()[i]).toArray();
            double[] mean = new double[1];
            double[] variance = new double[1];
            new Posterior(refit, y).predict(new double[][] {samples.points()[out]}, 1, mean, variance);
            double noise = Samples.someHyperparameters().noise()[samples.level()[out]];
            assertThat(left[out]).containsExactly(new double[] {mean[0], variance[0] + noise}, within(1e-9));
        }
    }

    @Test
    void groupsOfOneAreLeftOutByTheirEntryOfTheInverse() {
        Samples samples = Samples.of(30, 10);
        var inverse = new DMatrixRMaj(30, 30);
        assertThat(CommonOps_DDRM.invert(covariance(samples, 30), inverse)).isTrue();
        var alpha = new DMatrixRMaj(30, 1);
        CommonOps_DDRM.mult(inverse, new DMatrixRMaj(samples.y()), alpha);

        double[][] left = new Posterior(samples.process(30), samples.y())
                .leaveOut(IntStream.range(0, 30).toArray());

        for (int i = 0; i < 30; i++) {
            double variance = 1 / inverse.get(i, i);
            assertThat(left[i])
                    .containsExactly(new double[] {samples.y()[i] - alpha.get(i) * variance, variance}, within(1e-9));
        }
    }
}
