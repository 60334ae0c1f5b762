package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.coordinator.gp.Acquisition;
import dev.tunefleet.coordinator.gp.Linear;
import dev.tunefleet.coordinator.gp.MeanTerm;
import dev.tunefleet.coordinator.gp.Posterior;

/**
 * What earlier studies predict for this one. Each has a model of its own; those whose predictions rank this study's results
 * better than chance would are averaged by that agreement, and a line maps the average to this study's targets. The idea of
 * weights by ranking agreement is that of Feurer et al. 2018 (arXiv 1802.02219); a study that does not agree has no weight, so
 * that it can cost its few start values and no more.
 *
 * @param trend the prediction; 0 everywhere where no earlier study agrees
 * @param residuals [n] this study's targets less the prediction
 */
record Transfer(Acquisition trend, double[] residuals) {

    /** The fewest results that an earlier study needs for a model, and that this one needs to judge it. */
    private static final int LEAST = 5;

    /** One-sided 95 % point of a rank correlation of unrelated series, times the root of their length less one. */
    private static final double CHANCE = 1.645;

    /** The study that is helped: what was seen in it so far. */
    private record Present(SearchView view, Layout layout, List<Row> rows, double[] targets) {}

    private record Opinion(Posterior posterior, double[] means, double agreement) {}

    /** The transfer to a study with these rows, in the order of {@code targets}. */
    static Transfer of(SearchView view, Layout layout, SurrogateCache cache, List<Row> rows, double[] targets) {
        var present = new Present(view, layout, rows, targets);
        List<Opinion> opinions = rows.size() < LEAST
                ? List.of()
                : view.earlier().stream()
                        .flatMap(study -> opinion(present, cache, study))
                        .toList();
        double total = opinions.stream().mapToDouble(Opinion::agreement).sum();
        double[] average = new double[targets.length];
        for (Opinion each : opinions) {
            for (int i = 0; i < average.length; i++) {
                average[i] += each.agreement() / total * each.means()[i];
            }
        }
        double slope = slope(average, targets);
        double[] residuals = targets.clone();
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] -= slope * average[i];
        }
        List<Acquisition> terms = new ArrayList<>();
        for (Opinion each : opinions) {
            terms.add(new MeanTerm(each.posterior(), new Linear(slope * each.agreement() / total)));
        }
        return new Transfer(Acquisition.sum(terms), residuals);
    }

    private static Stream<Opinion> opinion(Present present, SurrogateCache cache, List<Observation> study) {
        Layout layout = present.layout();
        SearchView past = present.view().withObservations(legal(present.view(), study));
        List<Row> pastRows = Row.of(past);
        if (pastRows.size() < LEAST) {
            return Stream.empty();
        }
        Surrogate surrogate = cache.take(past, layout, pastRows);
        var posterior = new Posterior(surrogate.process().copy(), surrogate.targets());
        cache.put(past, surrogate);
        double[][] features = present.rows().stream().map(layout::features).toArray(double[][]::new);
        double[] means = new double[features.length];
        new MeanTerm(posterior, new Linear(1)).addValues(features, features.length, means);
        double agreement = Ranks.correlation(means, present.targets());
        return agreement > CHANCE / Math.sqrt(means.length - 1.0)
                ? Stream.of(new Opinion(posterior, means, agreement))
                : Stream.empty();
    }

    private static List<Observation> legal(SearchView view, List<Observation> study) {
        return study.stream()
                .filter(each -> view.space().contains(each.configuration()))
                .toList();
    }

    /** The line through the origin that fits best, from 0 to 1: both sides have about mean 0 and deviation 1. */
    private static double slope(double[] x, double[] y) {
        double product = 0;
        double square = 0;
        for (int i = 0; i < x.length; i++) {
            product += x[i] * y[i];
            square += x[i] * x[i];
        }
        return square > 0 ? Math.clamp(product / square, 0, 1) : 0;
    }

    /** The best configuration of each earlier study that may be tried in this one, at most three, to be tried early. */
    static List<Configuration> starts(SearchView view) {
        return view.earlier().stream()
                .map(study -> Row.of(view.withObservations(legal(view, study))))
                .flatMap(rows -> rows.stream()
                        .filter(row -> row.epochs() >= view.fullEpochs())
                        .filter(row ->
                                view.open(row.configuration()) && view.allowed().test(row.configuration()))
                        .min(Comparator.comparingDouble(Row::value))
                        .stream())
                .map(Row::configuration)
                .distinct()
                .limit(3)
                .toList();
    }
}
