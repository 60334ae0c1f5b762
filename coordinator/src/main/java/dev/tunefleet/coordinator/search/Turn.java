package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.coordinator.gp.Acquisition;
import dev.tunefleet.coordinator.gp.FantasyImprovement;
import dev.tunefleet.coordinator.gp.Floored;
import dev.tunefleet.coordinator.gp.GaussianProcess;
import dev.tunefleet.coordinator.gp.Hyperparameters;
import dev.tunefleet.coordinator.gp.Normal;
import dev.tunefleet.coordinator.gp.Posterior;

/** One call's worth of model: what the view teaches, put together once and used for each configuration it asks for. */
final class Turn {

    /** Fantasies of what is not known, places that may be the incumbent, and those whose surroundings are looked at. */
    private static final int FANTASIES = 64;

    private static final int CONTENDERS = 24;
    private static final int CENTRES = 4;

    /** Points of which one opens a region. */
    private static final int DRAWS = 8;

    /** The least distance in one coordinate between a choice and what is pending. */
    private static final double APART = 2e-3;

    /** The log of an improvement, in standard deviations of the targets, below which constraints decide. */
    private static final double NEGLIGIBLE = Math.log(1e-4);

    /** The share of the noise in the signal's variance from which there is no trust region: it would chase the noise. */
    private static final double NOISY = 1e-3;

    private final SearchView view;
    private final Layout layout;
    private final Optional<Surrogate> surrogate;
    private final Legality legality;
    private final List<Acquisition> constraints = new ArrayList<>();
    private final PriorTerm prior;
    private final Optional<TrustRegion> region;
    private final List<Row> leaders;
    private final List<Configuration> best;
    private final double[] believed;
    private final Optional<Tradeoff> tradeoff;
    private final Transfer transfer;
    private final double[] whitened;

    Turn(SearchView view, Layout layout, Optional<Surrogate> surrogate, Memory memory, Legality legality) {
        this.view = view;
        this.layout = layout;
        this.surrogate = surrogate;
        this.legality = legality;
        this.prior = PriorTerm.of(view, layout.cube());
        double[] targets = surrogate.map(Surrogate::targets).orElse(new double[0]);
        this.transfer = Transfer.of(
                view,
                layout,
                memory.surrogates(),
                surrogate.map(Surrogate::rows).orElse(List.of()),
                targets);
        this.whitened = surrogate
                .map(each -> new Posterior(each.process(), transfer.residuals()).whitened())
                .orElse(targets);
        this.believed = surrogate.map(each -> each.smoothed(targets, whitened)).orElse(targets);
        this.region = surrogate
                .filter(each -> exact(each) && view.goals().size() == 1)
                .map(_ -> TrustRegion.after(believed, view.parallel()));
        this.leaders = surrogate.map(this::leaders).orElse(List.of());
        ParetoFront front = ParetoFront.of(view);
        this.tradeoff = view.goals().size() == 1 || front.trials().isEmpty()
                ? Optional.empty()
                : Optional.of(Tradeoff.of(view, layout, front, memory.surrogates()));
        this.best = tradeoff.map(Tradeoff::best)
                .orElse(leaders.stream().map(Row::configuration).distinct().toList());
        Feasibility.term(view, layout, memory.hypers()).ifPresent(constraints::add);
        CostModel.of(view, layout, memory.hypers()).ifPresent(this::constrain);
    }

    /** The rows of the region whose signal is likely to be the best, best first. */
    private List<Row> leaders(Surrogate used) {
        return IntStream.range(region.map(TrustRegion::first).orElse(0), believed.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> believed[i]))
                .map(used.rows()::get)
                .limit(CONTENDERS)
                .toList();
    }

    private void constrain(CostModel cost) {
        cost.inTime().ifPresent(constraints::add);
        if (view.costAware()) {
            constraints.add(cost.perSecond(cooling()));
        }
    }

    /** From 1 at the start of the budget to 0 at its end (Lee et al. 2020, arXiv 2003.10870). */
    private double cooling() {
        return view.budget() == 0 ? 0.5 : Math.clamp(1 - (double) view.trials() / view.budget(), 0, 1);
    }

    /** The best permitted configuration that the search finds, {@code found} counting as pending; empty where it finds none. */
    Optional<Configuration> choose(List<Configuration> found, SplittableRandom random) {
        var open = new ArrayList<Configuration>();
        view.pending().forEach(each -> open.add(each.configuration()));
        open.addAll(found);
        int step = believed.length + open.size();
        if (region.filter(each -> each.opens(step, believed.length)).isPresent()) {
            return opening(random);
        }
        var terms = new ArrayList<>(constraints);
        tradeoff.map(several -> several.improvement(open))
                .or(() -> surrogate.map(used -> improvement(used, open, random.nextLong())))
                .map(each -> constraints.isEmpty() ? each : new Floored(each, NEGLIGIBLE))
                .ifPresent(terms::add);
        List<double[]> centres =
                best.stream().limit(CENTRES).map(layout.cube()::encode).toList();
        var optimiser = new Optimiser(layout, Acquisition.sum(terms), prior, zone(step), random);
        return optimiser.run(centres).stream()
                .filter(candidate -> apart(candidate.point(), open))
                .map(candidate -> layout.cube().decode(candidate.point()))
                .filter(legality::take)
                .findFirst();
    }

    /** A point to open a region with: of a few random ones the one that the constraints speak least against. */
    private Optional<Configuration> opening(SplittableRandom random) {
        int d = layout.cube().dimension();
        Opening.Points points =
                _ -> Stream.generate(() -> layout.cube().snap(random.doubles(d).toArray()))
                        .limit(DRAWS)
                        .max(Comparator.comparingDouble(this::constraint))
                        .orElseThrow();
        return Opening.fill(layout.cube(), legality, 1, 0, points).stream().findFirst();
    }

    /** What the constraints say of a point. */
    private double constraint(double[] point) {
        double[] value = new double[1];
        double[][] features = {layout.embedding().features(point, 1)};
        Acquisition.sum(constraints).addValues(features, 1, value);
        return value[0];
    }

    /** Whether a point differs enough from all pending ones that both are worth a trial at the same time. */
    private boolean apart(double[] point, List<Configuration> open) {
        return open.stream().map(layout.cube()::encode).noneMatch(other -> distance(point, other) < APART);
    }

    private static double distance(double[] a, double[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    private Optimiser.Zone zone(int step) {
        return new Optimiser.Zone(
                box(step),
                point -> view.allowed() == SearchView.ANYTHING
                        || view.allowed().test(layout.cube().decode(point)));
    }

    private Box box(int step) {
        return region.filter(each -> each.bounds(step))
                .map(each -> each.box(
                        layout.cube().encode(best.getFirst()),
                        layout.lengthScales(surrogate.orElseThrow().process().hyperparameters())))
                .orElseGet(() -> Box.whole(layout.cube().dimension()));
    }

    /** Whether noise leaves visible what a small box has to show. */
    private static boolean exact(Surrogate used) {
        Hyperparameters fitted = used.process().hyperparameters();
        return fitted.noise()[0] < NOISY * fitted.variance();
    }

    private Acquisition improvement(Surrogate used, List<Configuration> open, long seed) {
        GaussianProcess extended = used.process().copy();
        var contenders = new ArrayList<double[]>();
        for (Row each : leaders) {
            extended.appendSignal(layout.features(each));
            contenders.add(layout.full(each.configuration()));
        }
        for (Configuration each : open) {
            double[] features = layout.full(each);
            extended.appendSignal(features);
            contenders.add(features);
        }
        return new FantasyImprovement(
                extended,
                whitened,
                epsilon(contenders.size(), seed),
                contenders.toArray(double[][]::new),
                transfer.trend());
    }

    /** S standard normal numbers for each of some places, spread evenly. */
    private static double[][] epsilon(int places, long seed) {
        double[][] epsilon = new double[places][FANTASIES];
        var sobol = new SobolSequence(places, seed);
        for (int s = 0; s < FANTASIES; s++) {
            double[] point = sobol.point(s);
            for (int q = 0; q < places; q++) {
                epsilon[q][s] = Normal.quantile(Math.clamp(point[q], 1e-6, 1 - 1e-6));
            }
        }
        return epsilon;
    }
}
