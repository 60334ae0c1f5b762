package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

import dev.tunefleet.coordinator.gp.Acquisition;
import dev.tunefleet.coordinator.gp.BoxMinimiser;

/** Finds the points of a box of the cube with the largest acquisition: many are looked at, the best few climb. */
final class Optimiser {

    private static final int GLOBAL = 512;
    private static final int LOCAL = 256;
    private static final int CLIMBERS = 4;
    private static final int EVALUATIONS = 30;

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
        List<double[]> starts = starts(ranked).stream().map(Candidate::point).toList();
        var best = new ArrayList<Candidate>();
        for (Candidate start : rank(starts, false)) {
            best.add(climb(start));
        }
        best.sort(BEST_FIRST);
        best.addAll(ranked);
        return best;
    }

    private List<Candidate> starts(List<Candidate> ranked) {
        var starts = new ArrayList<Candidate>();
        for (Candidate each : ranked) {
            if (starts.size() == CLIMBERS) {
                break;
            }
            if (starts.stream().allMatch(other -> distance(other.point(), each.point()) > 0.05)) {
                starts.add(each);
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

    private Candidate climb(Candidate start) {
        Candidate best = start;
        for (int round = 0; round < 3; round++) {
            Candidate slid = slide(best);
            Candidate stepped = step(slid);
            boolean settled = stepped == slid;
            best = stepped;
            if (settled) {
                break;
            }
        }
        return best;
    }

    /** Follows the gradient in the continuous coordinates. */
    private Candidate slide(Candidate start) {
        UnitCube cube = layout.cube();
        int[] free = box.continuous(cube, start.point());
        if (free.length == 0) {
            return start;
        }
        double[] low = Arrays.stream(free).mapToDouble(i -> box.low()[i]).toArray();
        double[] high = Arrays.stream(free).mapToDouble(i -> box.high()[i]).toArray();
        double[] from = Arrays.stream(free).mapToDouble(i -> start.point()[i]).toArray();
        var minimiser = new BoxMinimiser(low, high, EVALUATIONS, 1e-5, 0.02);
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

    /** Tries other values of each discrete coordinate, one coordinate at a time; the best of them all, or the start itself. */
    private Candidate step(Candidate start) {
        Candidate best = start;
        for (int i = 0; i < start.point().length; i++) {
            List<double[]> others = new ArrayList<>();
            for (double at : layout.cube().alternatives(i, best.point()[i])) {
                double[] point = best.point().clone();
                point[i] = at;
                if (box.contains(layout.cube(), i, at) && zone.allowed().test(point)) {
                    others.add(point);
                }
            }
            if (!others.isEmpty()) {
                Candidate other = rank(others, false).getFirst();
                best = other.value() > best.value() + 1e-9 ? other : best;
            }
        }
        return best;
    }
}
