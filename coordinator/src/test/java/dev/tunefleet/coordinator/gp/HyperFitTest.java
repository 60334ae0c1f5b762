package dev.tunefleet.coordinator.gp;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class HyperFitTest {

    @Test
    void aMinimumInsideAndOneAtABoundAreFound() {
        BoxMinimiser.Differentiable valley = (x, gradient) -> {
            double across = x[1] - x[0] * x[0];
            gradient[0] = -2 * (1 - x[0]) - 400 * x[0] * across;
            gradient[1] = 200 * across;
            return (1 - x[0]) * (1 - x[0]) + 100 * across * across;
        };

        var inside = new BoxMinimiser(new double[] {-2, -2}, new double[] {2, 2}, 500, 1e-14, 1)
                .minimise(valley, new double[] {-1, 1.5});
        var bounded = new BoxMinimiser(new double[] {-2, -2}, new double[] {0.5, 2}, 500, 1e-14, 1)
                .minimise(valley, new double[] {-1, 1.5});

        assertThat(inside.x()).containsExactly(new double[] {1, 1}, within(1e-3));
        assertThat(bounded.x()).containsExactly(new double[] {0.5, 0.25}, within(1e-3));
    }

    @Test
    void anIrrelevantFeatureGetsALongScaleAndTheNoiseIsFound() {
        var random = new SplittableRandom(3);
        int n = 80;
        double[][] x = new double[2][n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[0][i] = random.nextDouble();
            x[1][i] = random.nextDouble();
            y[i] = 1.4 * Math.sin(6 * x[0][i]) + 0.2 * random.nextGaussian();
        }

        Hyperparameters found = HyperFit.fit(new Features(new int[] {0, 1}, 2), x, y, new int[n], 1);

        assertThat(found.lengthScales()[1]).isGreaterThan(3 * found.lengthScales()[0]);
        assertThat(Math.sqrt(found.noise()[0])).isBetween(0.13, 0.28);
    }

    @Test
    void equalDataFitEqually() {
        Samples samples = Samples.of(30, 2);

        Hyperparameters one = HyperFit.fit(samples.features(), samples.byFeature(), samples.y(), samples.level(), 2);
        Hyperparameters other = HyperFit.fit(samples.features(), samples.byFeature(), samples.y(), samples.level(), 2);

        assertThat(one.lengthScales()).containsExactly(other.lengthScales());
        assertThat(one.noise()).containsExactly(other.noise());
    }

    @Test
    void aSingleObservationIsEnough() {
        Hyperparameters found = HyperFit.fit(
                new Features(new int[] {0}, 1), new double[][] {{0.3}}, new double[] {0}, new int[] {0}, 1);

        assertThat(found.variance()).isPositive();
    }
}
