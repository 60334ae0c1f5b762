package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.coordinator.gp.Posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SurrogateTest {

    @Test
    void smoothedTargetsAreThePredictionsAtTheRows() {
        Layout layout = Layout.of(SearchView.of(Spaces.square()).withFullEpochs(9));
        var random = new SplittableRandom(3);
        List<Configuration> places = new SobolSearch().suggest(SearchView.of(Spaces.square()), 24, 5);
        var rows = new ArrayList<Row>();
        for (Configuration each : places) {
            int epochs = rows.size() % 3 == 0 ? 9 : 3;
            rows.add(
                    new Row(rows.size(), epochs, each, Spaces.bowl(each) + 1.0 / epochs + 0.1 * random.nextGaussian()));
        }
        Surrogate surrogate = Surrogate.of(layout, rows);
        double[] targets = surrogate.targets();
        var posterior = new Posterior(surrogate.process(), targets);

        double[] smoothed = surrogate.smoothed(targets, posterior.whitened());

        double[][] features = surrogate.rows().stream().map(layout::features).toArray(double[][]::new);
        double[] predicted = new double[features.length];
        posterior.predict(features, features.length, predicted, new double[features.length]);
        assertThat(smoothed).containsExactly(predicted, within(1e-8));
        assertThat(smoothed).isNotEqualTo(targets);
    }
}
