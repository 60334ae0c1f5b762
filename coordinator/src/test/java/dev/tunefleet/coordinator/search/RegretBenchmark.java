package dev.tunefleet.coordinator.search;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import dev.tunefleet.common.space.Configuration;

/**
 * Median regret of the search on public test functions and on the surfaces of real trainings, with one worker and with eight
 * asynchronous ones, in this process: the fast way to see what a change does. Arguments: seeds (20), trials (100), then names of problems (all).
 *
 * <p>A comparison with other searches runs all of them behind the ask/tell protocol instead.
 */
final class RegretBenchmark {

    private RegretBenchmark() {}

    private record Running(double end, Pending trial, double value) {}

    public static void main(String[] arguments) {
        int seeds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        int trials = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        List<String> names = Arrays.asList(arguments).subList(Math.min(2, arguments.length), arguments.length);
        PrintStream out = System.out;
        out.println("problem      workers   regret at half        at the end   (quartiles)");
        for (TestProblem problem : TestProblem.withTrainings()) {
            for (int workers : names.isEmpty() || names.contains(problem.name()) ? new int[] {1, 8} : new int[0]) {
                double[][] regrets = IntStream.range(0, seeds)
                        .parallel()
                        .mapToObj(seed -> regrets(problem, workers, seed, trials))
                        .toArray(double[][]::new);
                out.printf(
                        "%-12s %7d   %14.4g   %15.4g   (%.2g to %.2g)%n",
                        problem.name(),
                        workers,
                        quantile(regrets, trials / 2 - 1, 0.5),
                        quantile(regrets, trials - 1, 0.5),
                        quantile(regrets, trials - 1, 0.25),
                        quantile(regrets, trials - 1, 0.75));
            }
        }
    }

    /** The regret of the best of the first 1, 2, … trials asked for, a worker being refilled when its trial ends. */
    private static double[] regrets(TestProblem problem, int workers, long seed, int trials) {
        var search = new GpSearch();
        var random = new SplittableRandom(Mixer.mix(seed));
        var running = new PriorityQueue<Running>(Comparator.comparingDouble(Running::end));
        var pending = new LinkedHashMap<Long, Pending>();
        var observations = new ArrayList<Observation>();
        double[] regrets = new double[trials];
        double best = Double.POSITIVE_INFINITY;
        double now = 0;
        for (int asked = 0; asked < trials; asked++) {
            if (pending.size() == workers) {
                Running ended = running.remove();
                now = ended.end();
                pending.remove(ended.trial().trial());
                observations.add(
                        Observation.of(ended.trial().trial(), ended.trial().configuration(), ended.value()));
            }
            SearchView view = SearchView.of(problem.space())
                    .withObservations(observations)
                    .withPending(List.copyOf(pending.values()))
                    .withResources(workers, trials);
            Configuration next = search.suggest(view, 1, seed).getFirst();
            var trial = new Pending(asked, next);
            double value = problem.function().applyAsDouble(next);
            pending.put(trial.trial(), trial);
            double seconds = problem.seconds().applyAsDouble(next) * Math.exp(0.3 * random.nextGaussian());
            running.add(new Running(now + seconds, trial, value * Math.exp(problem.noise() * random.nextGaussian())));
            best = Math.min(best, value);
            regrets[asked] = best - problem.minimum();
        }
        return regrets;
    }

    private static double quantile(double[][] regrets, int trial, double share) {
        double[] sorted =
                Arrays.stream(regrets).mapToDouble(each -> each[trial]).sorted().toArray();
        double at = share * (sorted.length - 1);
        int below = (int) at;
        return sorted[below] + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
    }
}
