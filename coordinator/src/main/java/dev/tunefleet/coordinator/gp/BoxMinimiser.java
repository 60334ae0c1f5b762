package dev.tunefleet.coordinator.gp;

import java.util.Arrays;

/**
 * Minimises a smooth function within a box: projected L-BFGS (two-loop recursion of Nocedal and Wright 2006, algorithm 7.4) on
 * the coordinates that no bound holds, with backtracking until Armijo's rule is met.
 */
public final class BoxMinimiser {

    /** A function with its gradient. */
    public interface Differentiable {

        /** The value at {@code x}; fills {@code gradient}. Infinite or NaN where it is not defined. */
        double evaluate(double[] x, double[] gradient);
    }

    /** Where a minimisation ended. */
    public record Minimum(double[] x, double value) {}

    private static final int MEMORY = 8;
    private static final double ARMIJO = 1e-4;

    private final double[] low;
    private final double[] high;
    private final int evaluations;
    private final double tolerance;
    private final double firstStep;

    /**
     * @param low [d] lower bounds
     * @param high [d] upper bounds
     * @param evaluations the most evaluations of one minimisation
     * @param tolerance the decrease of an iteration, absolute, at which it ends
     * @param firstStep the length of the first step, before there is any curvature
     */
    public BoxMinimiser(double[] low, double[] high, int evaluations, double tolerance, double firstStep) {
        this.low = low.clone();
        this.high = high.clone();
        this.evaluations = evaluations;
        this.tolerance = tolerance;
        this.firstStep = firstStep;
    }

    public Minimum minimise(Differentiable function, double[] start) {
        return new Run(function, start).run();
    }

    private final class Run {
        private final int d = low.length;
        private final Differentiable function;
        private final double[][] steps = new double[MEMORY][d];
        private final double[][] changes = new double[MEMORY][d];
        private final double[] curvature = new double[MEMORY];
        private int remembered;
        private int left = evaluations;
        private double[] x;
        private double[] gradient = new double[d];
        private double value;

        Run(Differentiable function, double[] start) {
            this.function = function;
            this.x = project(start.clone());
        }

        Minimum run() {
            value = evaluate(x, gradient);
            boolean restarted = false;
            while (left > 0 && Double.isFinite(value)) {
                double[] direction = direction();
                double decrease = search(direction);
                if (decrease < tolerance) {
                    if (decrease > 0 || restarted || remembered == 0) {
                        break;
                    }
                    remembered = 0;
                    restarted = true;
                } else {
                    restarted = false;
                }
            }
            return new Minimum(x, value);
        }

        private double evaluate(double[] at, double[] slope) {
            left--;
            return function.evaluate(at, slope);
        }

        private double[] project(double[] at) {
            for (int i = 0; i < at.length; i++) {
                at[i] = Math.clamp(at[i], low[i], high[i]);
            }
            return at;
        }

        private boolean held(int i) {
            return x[i] <= low[i] && gradient[i] > 0 || x[i] >= high[i] && gradient[i] < 0;
        }

        private double[] direction() {
            double[] q = new double[d];
            for (int i = 0; i < d; i++) {
                q[i] = held(i) ? 0 : gradient[i];
            }
            if (remembered == 0) {
                double norm = Math.sqrt(dot(q, q));
                double scale = norm > 0 ? Math.min(1, firstStep / norm) : 0;
                return scaled(q, -scale);
            }
            recurse(q);
            for (int i = 0; i < d; i++) {
                q[i] = held(i) ? 0 : -q[i];
            }
            if (dot(q, gradient) >= 0) {
                remembered = 0;
                return direction();
            }
            return q;
        }

        private void recurse(double[] q) {
            int kept = Math.min(remembered, MEMORY);
            double[] factor = new double[kept];
            for (int back = 1; back <= kept; back++) {
                int slot = (remembered - back) % MEMORY;
                factor[back - 1] = dot(steps[slot], q) / curvature[slot];
                add(q, changes[slot], -factor[back - 1]);
            }
            int newest = (remembered - 1) % MEMORY;
            double scale = curvature[newest] / dot(changes[newest], changes[newest]);
            for (int i = 0; i < d; i++) {
                q[i] *= scale;
            }
            for (int back = kept; back >= 1; back--) {
                int slot = (remembered - back) % MEMORY;
                double correction = dot(changes[slot], q) / curvature[slot];
                add(q, steps[slot], factor[back - 1] - correction);
            }
        }

        /** Steps along {@code direction} until the value falls; the decrease, 0 where it does not. */
        private double search(double[] direction) {
            double[] slope = new double[d];
            double length = 1;
            for (int attempt = 0; attempt < 12 && left > 0; attempt++, length *= attempt == 1 ? 0.5 : 0.25) {
                double[] next = x.clone();
                add(next, direction, length);
                project(next);
                double expected = 0;
                for (int i = 0; i < d; i++) {
                    expected += gradient[i] * (next[i] - x[i]);
                }
                if (expected >= 0) {
                    return 0;
                }
                double found = evaluate(next, slope);
                if (found <= value + ARMIJO * expected) {
                    double decrease = value - found;
                    remember(next, slope);
                    x = next;
                    gradient = slope;
                    value = found;
                    return decrease;
                }
            }
            return 0;
        }

        private void remember(double[] next, double[] slope) {
            int slot = remembered % MEMORY;
            for (int i = 0; i < d; i++) {
                steps[slot][i] = next[i] - x[i];
                changes[slot][i] = slope[i] - gradient[i];
            }
            double product = dot(steps[slot], changes[slot]);
            if (product > 1e-10 * dot(changes[slot], changes[slot])) {
                curvature[slot] = product;
                remembered++;
            }
        }
    }

    private static double[] scaled(double[] a, double factor) {
        double[] result = Arrays.copyOf(a, a.length);
        for (int i = 0; i < a.length; i++) {
            result[i] *= factor;
        }
        return result;
    }

    private static void add(double[] target, double[] source, double factor) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * source[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
