package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;
import dev.tunefleet.coordinator.gp.GaussianProcess;
import dev.tunefleet.coordinator.gp.Hyperparameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class EmbeddingTest {

    private static SearchSpace randomSpace(SplittableRandom random) {
        var parameters = new ArrayList<Parameter>();
        int count = random.nextInt(1, 9);
        for (int i = 0; i < count; i++) {
            String name = "p" + i;
            var options = List.of(Value.of("a"), Value.of("b"), Value.of("c"), Value.of("d"));
            parameters.add(
                    switch (random.nextInt(5)) {
                        case 0 -> new Real(name, 0.1, 9, random.nextBoolean() ? Scale.LOG : Scale.LINEAR);
                        case 1 -> new Whole(name, 1, 1 + random.nextInt(50), 1, Scale.LOG);
                        case 2 -> new Choice(name, options.subList(0, 1 + random.nextInt(4)), random.nextBoolean());
                        case 3 -> new Switched(new Real(name, 1e-3, 1e-2, Scale.LOG));
                        default -> new Whole(name, -5, 5, 2, Scale.LINEAR);
                    });
        }
        return new SearchSpace(parameters);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theKernelOfARandomMixedSpaceIsSymmetricAndPositiveDefinite(long seed) {
        var random = new SplittableRandom(seed);
        var cube = new UnitCube(randomSpace(random), Set.of());
        var embedding = new Embedding(cube, random.nextBoolean());
        double[] lengths =
                random.doubles(embedding.features().groups(), 0.05, 2).toArray();
        var process = new GaussianProcess(embedding.features(), new Hyperparameters(lengths, 1, new double[] {1e-6}));
        int n = 40;
        double[][] points = new double[n][];
        for (int i = 0; i < n; i++) {
            points[i] = embedding.features(
                    cube.snap(random.doubles(cube.dimension()).toArray()), random.nextDouble());
            process.append(points[i], 0);
        }

        var k = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            double[] row = new double[n];
            process.covariances(points[i], row);
            for (int j = 0; j < n; j++) {
                k.set(i, j, row[j] + (i == j ? 1e-9 : 0));
            }
        }

        var eigen = DecompositionFactory_DDRM.eig(n, false, true);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(k.get(i, j)).isCloseTo(k.get(j, i), within(1e-14));
            }
        }
        assertThat(eigen.decompose(k)).isTrue();
        for (int i = 0; i < n; i++) {
            assertThat(eigen.getEigenvalue(i).getReal()).isPositive();
        }
    }

    @Test
    void beingOffIsEquallyFarFromEveryValue() {
        var space = new SearchSpace(List.of(new Switched(new Real("l2", 1e-3, 1e-2, Scale.LOG))));
        var embedding = new Embedding(new UnitCube(space, Set.of()), false);
        double[] off = embedding.features(new double[] {UnitCube.OFF}, 1);

        for (double at : new double[] {0, 0.3, 1}) {
            double[] on = embedding.features(new double[] {at}, 1);
            assertThat(Math.hypot(on[0] - off[0], on[1] - off[1])).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void unorderedOptionsAreEquallyFarFromEachOther() {
        var space = new SearchSpace(
                List.of(new Choice("cell", List.of(Value.of("a"), Value.of("b"), Value.of("c")), false)));
        var embedding = new Embedding(new UnitCube(space, Set.of()), false);
        double[] a = embedding.features(new double[] {0.1}, 1);
        double[] b = embedding.features(new double[] {0.5}, 1);
        double[] c = embedding.features(new double[] {0.9}, 1);

        assertThat(squaredDistance(a, b)).isCloseTo(1, within(1e-12));
        assertThat(squaredDistance(a, c)).isCloseTo(1, within(1e-12));
        assertThat(squaredDistance(b, c)).isCloseTo(1, within(1e-12));
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int f = 0; f < a.length; f++) {
            sum += (a[f] - b[f]) * (a[f] - b[f]);
        }
        return sum;
    }

    @Test
    void theGradientByCoordinatesIsThatOfTheFeatures() {
        var space = new SearchSpace(
                List.of(new Real("x", 0, 1, Scale.LINEAR), new Switched(new Real("l2", 1e-3, 1e-2, Scale.LOG))));
        var embedding = new Embedding(new UnitCube(space, Set.of()), false);
        double[] weights = {0.7, -1.3, 2.1};
        double[] point = {0.4, 0.6};

        double[] gradient = embedding.pullBack(point, weights);

        for (int i = 0; i < 2; i++) {
            double[] up = point.clone();
            double[] down = point.clone();
            up[i] += 1e-6;
            down[i] -= 1e-6;
            double difference = 0;
            for (int f = 0; f < 3; f++) {
                difference +=
                        weights[f] * (embedding.features(up, 1)[f] - embedding.features(down, 1)[f]) / 2e-6;
            }
            assertThat(gradient[i]).isCloseTo(difference, within(1e-8));
        }
    }

    @Test
    void aParameterWithOneValueHasNoFeature() {
        var space = new SearchSpace(List.of(new Real("fixed", 2, 2, Scale.LINEAR), new Real("x", 0, 1, Scale.LINEAR)));

        var embedding = new Embedding(new UnitCube(space, Set.of()), false);

        assertThat(embedding.features().count()).isEqualTo(1);
        assertThat(embedding.coordinate(0)).isEqualTo(1);
    }
}
