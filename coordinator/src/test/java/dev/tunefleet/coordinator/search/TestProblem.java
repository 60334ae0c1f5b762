package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Whole;

/**
 * What a search is scored on: a public test function, or the surface of real trainings.
 *
 * @param function the value without noise
 * @param range from the minimum to what a poor configuration gives
 * @param noise standard deviation of the logarithm of what a trial reports
 * @param seconds of a trial
 */
record TestProblem(
        String name,
        SearchSpace space,
        ToDoubleFunction<Configuration> function,
        double minimum,
        double range,
        double noise,
        ToDoubleFunction<Configuration> seconds) {

    TestProblem(
            String name, SearchSpace space, ToDoubleFunction<Configuration> function, double minimum, double range) {
        this(name, space, function, minimum, range, 0, configuration -> 1);
    }

    private static final double[][] HARTMANN_A = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[] HARTMANN_C = {1, 1.2, 3, 3.2};
    private static final double[][] HARTMANN_P = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };
    private static final double[] ACKLEY_SHIFT = {-9.4, 14.2, -3.3, 20.8, 6.1};
    private static final double[] LEVY_SHIFT = {-3.6, 5, 4.45, -2};

    static List<TestProblem> all() {
        return List.of(branin(), hartmann(), ackley(), levy());
    }

    /** The test functions and the surfaces of real trainings. */
    static List<TestProblem> withTrainings() {
        var problems = new ArrayList<>(all());
        for (String dataSet : TrainingSurface.DATA_SETS) {
            problems.add(trainings(dataSet, TrainingSurface.of(dataSet)));
        }
        return problems;
    }

    private static TestProblem trainings(String dataSet, TrainingSurface surface) {
        double minimum = surface.minimum();
        double worst = surface.trainings().stream()
                .mapToDouble(TrainingSurface.Training::error)
                .max()
                .orElseThrow();
        return new TestProblem(
                dataSet,
                TrainingSurface.SPACE,
                surface::error,
                minimum,
                worst - minimum,
                surface.noise(),
                surface::seconds);
    }

    private static TestProblem branin() {
        var space = new SearchSpace(List.of(new Real("x1", -5, 10, Scale.LINEAR), new Real("x2", 0, 15, Scale.LINEAR)));
        return new TestProblem("branin", space, TestProblem::branin, 0.39788735772973816, 308);
    }

    private static double branin(Configuration at) {
        double x = at.number("x1");
        double y = at.number("x2");
        double valley = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    }

    private static TestProblem hartmann() {
        return new TestProblem("hartmann6", reals(6, 0, 1), TestProblem::hartmann, -3.3223680114155, 3.32);
    }

    private static double hartmann(Configuration at) {
        double sum = 0;
        for (int k = 0; k < 4; k++) {
            double exponent = 0;
            for (int i = 0; i < 6; i++) {
                exponent += HARTMANN_A[k][i] * Math.pow(at.number("x" + i) - HARTMANN_P[k][i], 2);
            }
            sum -= HARTMANN_C[k] * Math.exp(-exponent);
        }
        return sum;
    }

    private static TestProblem ackley() {
        return new TestProblem("ackley5", reals(5, -32.768, 32.768), TestProblem::ackley, 0, 22.3);
    }

    private static double ackley(Configuration at) {
        double squares = 0;
        double cosines = 0;
        for (int i = 0; i < 5; i++) {
            double z = at.number("x" + i) - ACKLEY_SHIFT[i];
            squares += z * z;
            cosines += Math.cos(2 * Math.PI * z);
        }
        return -20 * Math.exp(-0.2 * Math.sqrt(squares / 5)) - Math.exp(cosines / 5) + 20 + Math.E;
    }

    private static TestProblem levy() {
        var space = new SearchSpace(List.of(
                new Real("x0", -10, 10, Scale.LINEAR),
                new Whole("x1", -10, 10),
                new Real("x2", -10, 10, Scale.LINEAR),
                new Whole("x3", -10, 10)));
        return new TestProblem("levymixed4", space, TestProblem::levy, 0, 300);
    }

    private static double levy(Configuration at) {
        double[] w = new double[4];
        for (int i = 0; i < 4; i++) {
            w[i] = 1 + (at.number("x" + i) - LEVY_SHIFT[i] - 1) / 4;
        }
        double sum = Math.pow(Math.sin(Math.PI * w[0]), 2);
        for (int i = 0; i < 3; i++) {
            sum += Math.pow(w[i] - 1, 2) * (1 + 10 * Math.pow(Math.sin(Math.PI * w[i] + 1), 2));
        }
        return sum + Math.pow(w[3] - 1, 2) * (1 + Math.pow(Math.sin(2 * Math.PI * w[3]), 2));
    }

    private static SearchSpace reals(int count, double low, double high) {
        var parameters = new ArrayList<Parameter>();
        for (int i = 0; i < count; i++) {
            parameters.add(new Real("x" + i, low, high, Scale.LINEAR));
        }
        return new SearchSpace(parameters);
    }
}
