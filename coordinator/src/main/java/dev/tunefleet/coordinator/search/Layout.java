package dev.tunefleet.coordinator.search;

import java.util.Arrays;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.coordinator.gp.Hyperparameters;

/** How configurations and rungs become features: the same for all results of a study. */
record Layout(UnitCube cube, Embedding embedding, int fullEpochs) {

    /** The levels of noise with rungs: the top one and three more, each a third of the epochs of the one above or fewer. */
    private static final int LEVELS = 4;

    static Layout of(SearchView view) {
        var cube = new UnitCube(view.space(), view.closed());
        return new Layout(cube, new Embedding(cube, view.fullEpochs() > 1), view.fullEpochs());
    }

    /** The features of a result. */
    double[] features(Row row) {
        return embedding.features(cube.encode(row.configuration()), share(row.epochs()));
    }

    /** The features of a configuration that trains to the top rung. */
    double[] full(Configuration configuration) {
        return embedding.features(cube.encode(configuration), 1);
    }

    HyperMemo.Sample sample(Configuration configuration, double target) {
        return new HyperMemo.Sample(Arrays.stream(full(configuration)).boxed().toList(), target);
    }

    /** Where so many epochs lie between none, 0, and the top rung, 1, on a log scale. */
    private double share(int epochs) {
        return fullEpochs == 1 ? 1 : Math.log1p(Math.min(epochs, fullEpochs)) / Math.log1p(fullEpochs);
    }

    int levels() {
        return fullEpochs == 1 ? 1 : LEVELS;
    }

    int level(int epochs) {
        double thirds = Math.log((double) fullEpochs / Math.min(epochs, fullEpochs)) / Math.log(3);
        return Math.min(levels() - 1, (int) Math.rint(thirds));
    }

    /** The length scale of each parameter, [dimension]; 1 where it has a single value. */
    double[] lengthScales(Hyperparameters hyper) {
        double[] lengths = new double[cube.dimension()];
        Arrays.fill(lengths, 1);
        for (int group = 0; group < hyper.lengthScales().length; group++) {
            if (embedding.coordinate(group) >= 0) {
                lengths[embedding.coordinate(group)] = hyper.lengthScales()[group];
            }
        }
        return lengths;
    }
}
