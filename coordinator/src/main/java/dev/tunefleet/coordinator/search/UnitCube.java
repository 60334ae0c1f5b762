package dev.tunefleet.coordinator.search;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;

/**
 * The unit cube [0,1]^d over a search space: one coordinate for each parameter, on its scale.
 *
 * <p>A discrete parameter with n values has n cells of equal width (on its scale); a point is <em>snapped</em> when each of its
 * coordinates is that of a legal value, so that equal configurations are equal points. A parameter that is off has
 * coordinate {@link #OFF}.
 */
final class UnitCube {

    /** The coordinate of a switched parameter that is off. */
    static final double OFF = -1;

    /** The share of a switched parameter's edge that means off when a point of the cube is snapped. */
    private static final double OFF_SHARE = 0.25;

    /** The most values of which a discrete step tries each. */
    private static final int FEW = 12;

    private final List<Parameter> parameters;
    private final Set<String> closed;

    UnitCube(SearchSpace space, Set<String> closed) {
        this.parameters = space.parameters();
        this.closed = closed;
    }

    int dimension() {
        return parameters.size();
    }

    Parameter parameter(int index) {
        return parameters.get(index);
    }

    /** How many values coordinate {@code index} can take; {@link Long#MAX_VALUE} where it is continuous. */
    long values(int index) {
        return switch (parameters.get(index)) {
            case Real real -> real.low() == real.high() ? 1 : Long.MAX_VALUE;
            case Whole whole -> whole.count();
            case Choice choice -> choice.options().size();
            case Switched switched -> values(switched);
        };
    }

    /** Whether parameter {@code index} must stay off, though it was on in a configuration that somebody enqueued. */
    boolean closed(int index) {
        return closed.contains(parameters.get(index).name());
    }

    private static long values(Switched switched) {
        return switched.when().low() == switched.when().high() ? 2 : Long.MAX_VALUE;
    }

    /** The snapped point of a configuration that holds a legal value for each parameter: d coordinates. */
    double[] encode(Configuration configuration) {
        double[] point = new double[parameters.size()];
        for (int i = 0; i < point.length; i++) {
            Parameter parameter = parameters.get(i);
            point[i] = encode(parameter, configuration.value(parameter.name()));
        }
        return point;
    }

    double encode(Parameter parameter, Value value) {
        return switch (parameter) {
            case Real real -> fraction(real, number(value));
            case Whole whole -> fraction(whole, (long) number(value));
            case Choice choice ->
                (choice.options().indexOf(value) + 0.5) / choice.options().size();
            case Switched switched -> value instanceof Value.Off ? OFF : fraction(switched.when(), number(value));
        };
    }

    /** The configuration of a snapped point. */
    Configuration decode(double[] point) {
        var values = new TreeMap<String, Value>();
        for (int i = 0; i < point.length; i++) {
            values.put(parameters.get(i).name(), decode(parameters.get(i), point[i]));
        }
        return new Configuration(values);
    }

    private static Value decode(Parameter parameter, double at) {
        return switch (parameter) {
            case Real real -> Value.of(amount(real, at));
            case Whole whole -> Value.of(amount(whole, at));
            case Choice choice -> choice.options().get(cell(at, choice.options().size()));
            case Switched switched -> at == OFF ? Value.off() : Value.of(amount(switched.when(), at));
        };
    }

    /** The snapped point of the cell in which {@code u}, any d numbers of [0,1], lies. */
    double[] snap(double[] u) {
        double[] point = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            point[i] = snap(i, u[i]);
        }
        return point;
    }

    double snap(int index, double u) {
        return switch (parameters.get(index)) {
            case Real real -> real.low() == real.high() ? 0.5 : u;
            case Whole whole -> fraction(whole, amount(whole, u));
            case Choice choice ->
                (cell(u, choice.options().size()) + 0.5) / choice.options().size();
            case Switched switched -> snap(switched, u);
        };
    }

    private double snap(Switched switched, double u) {
        if (u < OFF_SHARE || closed.contains(switched.name())) {
            return OFF;
        }
        return switched.when().low() == switched.when().high() ? 0.5 : (u - OFF_SHARE) / (1 - OFF_SHARE);
    }

    /** Whether neighbouring coordinates of parameter {@code index} mean similar values, so that a box bounds it. */
    boolean bounded(int index) {
        return switch (parameters.get(index)) {
            case Real _, Whole _ -> true;
            case Choice choice -> choice.ordered();
            case Switched _ -> false;
        };
    }

    /** A snapped coordinate near {@code at}, about {@code width} away; another value where there is another. */
    double move(int index, double at, double width, SplittableRandom random) {
        long values = values(index);
        if (values == 1 || closed(index)) {
            return closed(index) ? OFF : at;
        }
        boolean jump = !bounded(index) && (values < Long.MAX_VALUE || at == OFF || random.nextDouble() < 0.2);
        if (jump) {
            return snap(index, random.nextDouble());
        }
        double step = width * random.nextGaussian();
        if (values < Long.MAX_VALUE && Math.abs(step) < 1.0 / values) {
            step = Math.copySign(1.0 / values, step);
        }
        double moved = Math.clamp(at + step, 0, 1);
        return bounded(index) ? snap(index, moved) : moved;
    }

    /** The other snapped coordinates that a discrete step from {@code at} may try: all of a few, else at doubling distances. */
    double[] alternatives(int index, double at) {
        long values = closed(index) ? 1 : values(index);
        if (parameters.get(index) instanceof Switched && !closed(index)) {
            double[] on = values == Long.MAX_VALUE ? new double[] {0, 0.25, 0.5, 0.75, 1} : new double[] {0.5};
            return at == OFF ? on : new double[] {OFF};
        }
        if (values == Long.MAX_VALUE || values == 1) {
            return new double[0];
        }
        if (parameters.get(index) instanceof Whole whole) {
            return alternatives(whole, amount(whole, at));
        }
        if (values <= FEW || !bounded(index)) {
            return IntStream.range(0, (int) values)
                    .mapToDouble(cell -> snap(index, (cell + 0.5) / values))
                    .filter(other -> Math.abs(other - at) > 0.25 / values)
                    .distinct()
                    .toArray();
        }
        return LongStream.iterate(1, step -> step < values / 2, step -> 2 * step)
                .mapToDouble(step -> (double) step / values)
                .flatMap(step -> DoubleStream.of(at - step, at + step))
                .filter(other -> other >= 0 && other <= 1)
                .map(other -> snap(index, other))
                .distinct()
                .toArray();
    }

    /** Counted in values: those of a log scale have cells of unequal width. */
    private static double[] alternatives(Whole whole, long at) {
        long own = (at - whole.low()) / whole.step();
        LongStream others = whole.count() <= FEW
                ? LongStream.range(0, whole.count()).filter(other -> other != own)
                : LongStream.iterate(1, step -> step < whole.count() / 2, step -> 2 * step)
                        .flatMap(step -> LongStream.of(own - step, own + step))
                        .filter(other -> other >= 0 && other < whole.count());
        return others.mapToDouble(other -> fraction(whole, whole.low() + other * whole.step()))
                .toArray();
    }

    private static double number(Value value) {
        if (value instanceof Value.Quantity(double amount)) {
            return amount;
        }
        throw new IllegalArgumentException("The value (" + value + ") of a numeric parameter must be a number.");
    }

    private static double fraction(Real real, double value) {
        if (real.low() == real.high()) {
            return 0.5;
        }
        double fraction = real.scale() == Scale.LOG
                ? Math.log(value / real.low()) / Math.log(real.high() / real.low())
                : (value - real.low()) / (real.high() - real.low());
        return Math.clamp(fraction, 0, 1);
    }

    private static double amount(Real real, double fraction) {
        double value = real.scale() == Scale.LOG
                ? real.low() * Math.pow(real.high() / real.low(), fraction)
                : real.low() + fraction * (real.high() - real.low());
        return Math.clamp(value, real.low(), real.high());
    }

    private static double fraction(Whole whole, long value) {
        double low = lowerEdge(whole);
        double high = whole.high() + whole.step() / 2.0;
        return whole.scale() == Scale.LOG ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    private static long amount(Whole whole, double fraction) {
        double low = lowerEdge(whole);
        double high = whole.high() + whole.step() / 2.0;
        double value =
                whole.scale() == Scale.LOG ? low * Math.pow(high / low, fraction) : low + fraction * (high - low);
        long steps = (long) Math.floor((value - whole.low()) / whole.step() + 0.5);
        return whole.low() + Math.clamp(steps, 0, whole.count() - 1) * whole.step();
    }

    /** The lower edge of the first cell: half a step below, and above 0 on a log scale. */
    private static double lowerEdge(Whole whole) {
        double edge = whole.low() - whole.step() / 2.0;
        return whole.scale() == Scale.LOG ? Math.max(edge, whole.low() / 2.0) : edge;
    }

    private static int cell(double u, int cells) {
        return Math.clamp((int) (u * cells), 0, cells - 1);
    }
}
