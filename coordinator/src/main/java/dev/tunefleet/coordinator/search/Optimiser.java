package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import dev.tunefleet.coordinator.gp.Acquisition;
import dev.tunefleet.coordinator.gp.BoxMinimiser;

/** Finds the points of a box of the cube with the largest acquisition: many are looked at, the best few climb. */
final class Optimiser {

    private static final int GLOBAL = 256;
    private static final int LOCAL = 128;
    private static final int CLIMBERS = 4;

    /** Turns of a climber; where nothing can slide it has one more for each parameter, to change them all. */
    private static final int ROUNDS = 5;

    private static final int EVALUATIONS = 30;

    /** The log of an improvement's ratio to the best from which a climber gives up. */
    private static final double LAG = 0.5;

    /** The gain, in the log of the improvement, below which a slide ends. */
    private static final double TOLERANCE = 1e-3;

    private static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparingDouble((Candidate each) -> -each.value());

    /** A snapped point and the value of trying it. */
    record Candidate(double[] point, double value) {}

    private final Layout layout;
    private final Acquisition acquisition;
    private final PriorTerm prior;
    private final Zone zone;
    private final Box box;
    private final SplittableRandom random;

    Optimiser(Layout layout, Acquisition acquisition, PriorTerm prior, Zone zone, SplittableRandom random) {
        this.layout = layout;
        this.acquisition = acquisition;
        this.prior = prior;
        this.zone = zone;
        this.box = zone.box();
        this.random = random;
    }

    /** Where to look: a box, and in it the snapped points that are {@code allowed}. */
    record Zone(Box box, Predicate<double[]> allowed) {}

    /** Candidates, best first; {@code centres} are good points whose neighbourhood is looked at more closely. */
    List<Candidate> run(List<double[]> centres) {
        List<double[]> points = new ArrayList<>();
        var sobol = new SobolSequence(layout.cube().dimension(), random.nextLong());
        for (int i = 0; i < GLOBAL; i++) {
            points.add(box.place(layout.cube(), sobol.point(i)));
        }
        for (int i = 0; i < LOCAL && !centres.isEmpty(); i++) {
            points.add(neighbour(centres.get(i % centres.size())));
        }
        List<Candidate> ranked = rank(points.stream().filter(zone.allowed()).toList(), true);
        var best = new ArrayList<>(climb(rank(starts(ranked), false)));
        best.sort(BEST_FIRST);
        best.addAll(ranked);
        return best;
    }

    private static List<double[]> starts(List<Candidate> ranked) {
        var starts = new ArrayList<double[]>();
        for (Candidate each : ranked) {
            if (starts.size() == CLIMBERS) {
                break;
            }
            if (starts.stream().allMatch(other -> distance(other, each.point()) > 0.05)) {
                starts.add(each.point());
            }
        }
        return starts;
    }

    private static double distance(double[] a, double[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    private List<Candidate> rank(List<double[]> points, boolean roughly) {
        double[] values = values(points, roughly);
        var ranked = new ArrayList<Candidate>();
        for (int i = 0; i < values.length; i++) {
            ranked.add(new Candidate(points.get(i), values[i]));
        }
        ranked.sort(BEST_FIRST);
        return ranked;
    }

    private double[] values(List<double[]> points, boolean roughly) {
        double[][] features = new double[points.size()][];
        for (int i = 0; i < features.length; i++) {
            features[i] = layout.embedding().features(points.get(i), 1);
        }
        double[] values = new double[features.length];
        if (roughly) {
            acquisition.addRoughValues(features, features.length, values);
        } else {
            acquisition.addValues(features, features.length, values);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] += prior.value(points.get(i));
        }
        return values;
    }

    /** Some coordinates of {@code centre} moved a little, at least one. */
    private double[] neighbour(double[] centre) {
        double[] point = centre.clone();
        int d = point.length;
        int sure = random.nextInt(d);
        double width = Math.pow(10, -2.5 + 2 * random.nextDouble());
        for (int i = 0; i < d; i++) {
            if (i == sure || random.nextDouble() < 0.5) {
                point[i] = layout.cube().move(i, point[i], width, random);
            }
        }
        return box.clamp(layout.cube(), point);
    }

    /** Where climbers get to by turns of the gradient and of steps; who lags behind or finds no step is done. */
    private List<Candidate> climb(List<Candidate> starts) {
        var done = new ArrayList<Candidate>();
        List<Candidate> climbers = starts;
        int rounds = discrete() ? layout.cube().dimension() + ROUNDS : ROUNDS;
        for (int round = 0; round < rounds && !climbers.isEmpty(); round++) {
            List<Candidate> slid = climbers.stream().map(this::slide).toList();
            double best = slid.stream().mapToDouble(Candidate::value).max().orElseThrow();
            double lag = round == 0 && discrete() ? Double.POSITIVE_INFINITY : LAG;
            List<Candidate> close =
                    slid.stream().filter(each -> each.value() > best - lag).toList();
            slid.stream().filter(each -> !close.contains(each)).forEach(done::add);
            List<Candidate> stepped = step(close);
            climbers = new ArrayList<>();
            for (int i = 0; i < close.size(); i++) {
                (stepped.get(i) == close.get(i) ? done : climbers).add(stepped.get(i));
            }
        }
        done.addAll(climbers);
        return done;
    }

    /** Whether steps are all that a climber has: nothing can slide. */
    private boolean discrete() {
        UnitCube cube = layout.cube();
        return IntStream.range(0, cube.dimension()).allMatch(i -> cube.values(i) < Long.MAX_VALUE);
    }

    /** Follows the gradient in the continuous coordinates. */
    private Candidate slide(Candidate start) {
        UnitCube cube = layout.cube();
        int[] free = box.continuous(cube, start.point());
        if (free.length == 0) {
            return start;
        }
        double[] low = Arrays.stream(free).mapToDouble(i -> box.low(cube, i)).toArray();
        double[] high = Arrays.stream(free).mapToDouble(i -> box.high(cube, i)).toArray();
        double[] from = Arrays.stream(free).mapToDouble(i -> start.point()[i]).toArray();
        var minimiser = new BoxMinimiser(low, high, EVALUATIONS, TOLERANCE, 0.02);
        var found = minimiser.minimise((x, gradient) -> negative(start.point(), free, x, gradient), from);
        return -found.value() > start.value()
                ? new Candidate(with(start.point(), free, found.x()), -found.value())
                : start;
    }

    private double negative(double[] start, int[] free, double[] x, double[] gradient) {
        double[] point = with(start, free, x);
        double[] byFeature = new double[layout.embedding().features().count()];
        double value = acquisition.addGradient(layout.embedding().features(point, 1), byFeature) + prior.value(point);
        double[] byCoordinate = layout.embedding().pullBack(point, byFeature);
        prior.addGradient(point, byCoordinate);
        for (int k = 0; k < free.length; k++) {
            gradient[k] = -byCoordinate[free[k]];
        }
        return -value;
    }

    private static double[] with(double[] point, int[] free, double[] x) {
        double[] result = point.clone();
        for (int k = 0; k < free.length; k++) {
            result[free[k]] = x[k];
        }
        return result;
    }

    /** Of each climber the best among itself and its neighbours in one discrete coordinate. */
    private List<Candidate> step(List<Candidate> climbers) {
        List<List<double[]>> others =
                climbers.stream().map(each -> neighbours(each.point())).toList();
        double[] values = values(others.stream().flatMap(List::stream).toList(), false);
        var best = new ArrayList<>(climbers);
        int next = 0;
        for (int i = 0; i < best.size(); i++) {
            for (double[] other : others.get(i)) {
                double value = values[next++];
                if (value > best.get(i).value() + 1e-9) {
                    best.set(i, new Candidate(other, value));
                }
            }
        }
        return best;
    }

    /** The allowed points that differ from {@code point} in one discrete coordinate. */
    private List<double[]> neighbours(double[] point) {
        var neighbours = new ArrayList<double[]>();
        for (int i = 0; i < point.length; i++) {
            for (double at : layout.cube().alternatives(i, point[i])) {
                double[] other = point.clone();
                other[i] = at;
                if (box.contains(layout.cube(), i, at) && zone.allowed().test(other)) {
                    neighbours.add(other);
                }
            }
        }
        return neighbours;
    }
}
