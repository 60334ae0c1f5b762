package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.coordinator.gp.FantasyImprovement;
import dev.tunefleet.coordinator.gp.GaussianProcess;
import dev.tunefleet.coordinator.gp.Normal;
import dev.tunefleet.coordinator.gp.Posterior;

/** A Bayesian search: a Gaussian process of the results so far decides where the next trial is worth most. */
public final class GpSearch implements Search {

    private static final int FANTASIES = Tuning.i("fantasies", 64);
    private static final int CONTENDERS = 24;
    private static final int CENTRES = Tuning.i("centres", 4);

    private final SurrogateCache cache = new SurrogateCache();

    @Override
    public List<Configuration> suggest(SearchView view, int count, long seed) {
        var cube = new UnitCube(view.space(), view.closed());
        var legality = new Legality(view);
        List<Configuration> found = Opening.starts(view, legality, count);
        List<Row> rows = Row.of(view);
        int first = view.trials() + found.size();
        int opening = rows.size() < Math.min(enough(cube), cube.dimension() + 1)
                ? count - found.size()
                : Math.clamp(enough(cube) - first, 0, count - found.size());
        var sequence = new SobolSequence(cube.dimension(), seed);
        found.addAll(Opening.fill(cube, legality, opening, first, sequence::point));
        if (found.size() < count && opening < count) {
            model(view, cube, legality, rows, found, count, seed);
        }
        return found;
    }

    /** How many trials fill the cube before the model is trusted. */
    private static int enough(UnitCube cube) {
        return Math.clamp(Tuning.i("initPer", 2) * cube.dimension(), 4, Tuning.i("initMax", 10));
    }

    private void model(
            SearchView view,
            UnitCube cube,
            Legality legality,
            List<Row> rows,
            List<Configuration> found,
            int count,
            long seed) {
        var layout = new Surrogate.Layout(cube, new Embedding(cube, view.fullEpochs() > 1), view.fullEpochs());
        Surrogate surrogate = cache.take(view, layout, rows);
        var posterior = new Posterior(surrogate.process(), surrogate.targets());
        double[] y = surrogate.targets();
        List<Integer> best = IntStream.range(0, y.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> y[i]))
                .limit(CONTENDERS)
                .toList();
        var open = new ArrayList<Configuration>();
        view.pending().forEach(each -> open.add(each.configuration()));
        open.addAll(found);
        while (found.size() < count) {
            var random = Mixer.random(seed, view.trials() + found.size());
            GaussianProcess extended = surrogate.process().copy();
            var contenders = new ArrayList<double[]>();
            best.forEach(i -> contenders.add(layout.embedding()
                    .features(cube.encode(surrogate.rows().get(i).configuration()), 1)));
            for (Configuration each : open) {
                double[] features = layout.embedding().features(cube.encode(each), 1);
                extended.append(features, 0);
                contenders.add(features);
            }
            var acquisition = new FantasyImprovement(
                    extended,
                    posterior.whitened(),
                    epsilon(open.size(), random.nextLong()),
                    contenders.toArray(double[][]::new));
            List<double[]> centres = best.stream()
                    .limit(CENTRES)
                    .map(i -> cube.encode(surrogate.rows().get(i).configuration()))
                    .toList();
            Box box = TrustRegion.box(view, layout, surrogate, found.size());
            var optimiser = new Optimiser(layout, acquisition, box, random);
            boolean taken = false;
            for (Optimiser.Candidate candidate : optimiser.run(centres)) {
                Configuration configuration = cube.decode(candidate.point());
                if (legality.take(configuration)) {
                    found.add(configuration);
                    open.add(configuration);
                    taken = true;
                    break;
                }
            }
            if (!taken) {
                List<Configuration> rest = Opening.fill(
                        cube,
                        legality,
                        1,
                        view.trials() + found.size(),
                        new SobolSequence(cube.dimension(), seed)::point);
                if (rest.isEmpty()) {
                    break;
                }
                found.addAll(rest);
                open.addAll(rest);
            }
        }
        cache.put(view, surrogate);
    }

    /** S standard normal numbers for each pending trial, spread evenly. */
    private static double[][] epsilon(int pending, long seed) {
        double[][] epsilon = new double[pending][FANTASIES];
        var sobol = new SobolSequence(pending, seed);
        for (int s = 0; s < FANTASIES && pending > 0; s++) {
            double[] point = sobol.point(s);
            for (int q = 0; q < pending; q++) {
                epsilon[q][s] = Normal.quantile(Math.clamp(point[q], 1e-6, 1 - 1e-6));
            }
        }
        return epsilon;
    }
}
