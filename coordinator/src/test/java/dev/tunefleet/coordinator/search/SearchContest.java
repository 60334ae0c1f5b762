package dev.tunefleet.coordinator.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;

/**
 * Scores search programs that speak the ask/tell protocol side by side: seed by seed, one after another, on the same problems
 * with asynchronous simulated workers that are refilled the moment their trial ends. One process per run.
 *
 * <p>Arguments: {@code [--seeds N] [--first S] [--trials N] [--workers 1,8] [--problems a,b] --out RUNS NAME=COMMAND...}, or
 * {@code --report RUNS}; the first name of a file is compared with each other one.
 */
final class SearchContest {

    private static final JsonMapper JSON = new JsonMapper();

    private SearchContest() {}

    /**
     * A run.
     *
     * @param regret [trial] of the best configuration so far, without noise
     * @param milliseconds [trial] of tell and ask, by the wall clock
     */
    record Run(String name, String problem, int workers, int seed, double[] regret, double[] milliseconds) {}

    private record Running(double end, int id, double value) implements Comparable<Running> {
        @Override
        public int compareTo(Running other) {
            return Double.compare(end, other.end);
        }
    }

    public static void main(String[] arguments) throws IOException {
        var options = new LinkedHashMap<>(Map.of(
                "--seeds", "20", "--first", "0", "--trials", "100", "--workers", "1,8", "--problems", "", "--out", ""));
        var commands = new LinkedHashMap<String, List<String>>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--")) {
                options.put(arguments[i], arguments[++i]);
            } else {
                int sign = arguments[i].indexOf('=');
                commands.put(
                        arguments[i].substring(0, sign),
                        List.of(arguments[i].substring(sign + 1).split(" ")));
            }
        }
        if (options.containsKey("--report")) {
            report(Path.of(options.get("--report")), System.out);
            return;
        }
        List<String> names = List.of(options.get("--problems").split(","));
        List<TestProblem> problems = TestProblem.withTrainings().stream()
                .filter(problem -> names.contains("") || names.contains(problem.name()))
                .toList();
        int first = Integer.parseInt(options.get("--first"));
        int trials = Integer.parseInt(options.get("--trials"));
        for (int seed = first; seed < first + Integer.parseInt(options.get("--seeds")); seed++) {
            for (TestProblem problem : problems) {
                for (String workers : options.get("--workers").split(",")) {
                    for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                        Run run = run(
                                command.getKey(), command.getValue(), problem, Integer.parseInt(workers), seed, trials);
                        Files.writeString(
                                Path.of(options.get("--out")),
                                JSON.writeValueAsString(run) + "\n",
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND);
                    }
                }
            }
        }
    }

    private static Run run(String name, List<String> command, TestProblem problem, int workers, int seed, int trials)
            throws IOException {
        var random = new SplittableRandom(Mixer.mix(seed));
        double[] regret = new double[trials];
        double[] milliseconds = new double[trials];
        var running = new PriorityQueue<Running>();
        double best = Double.POSITIVE_INFINITY;
        double now = 0;
        try (var search = new Program(command)) {
            search.call(init(problem, workers, seed, trials));
            for (int asked = 0; asked < trials; asked++) {
                long began = System.nanoTime();
                if (running.size() == workers) {
                    Running ended = running.remove();
                    now = ended.end();
                    search.call(JSON.createObjectNode()
                            .put("op", "tell")
                            .put("id", ended.id())
                            .put("value", ended.value()));
                }
                JsonNode answer = search.call(JSON.createObjectNode().put("op", "ask"));
                milliseconds[asked] = (System.nanoTime() - began) / 1e6;
                Configuration configuration = configuration(problem, answer.path("params"));
                double value = problem.function().applyAsDouble(configuration);
                best = Math.min(best, value);
                regret[asked] = best - problem.minimum();
                running.add(new Running(
                        now + problem.seconds().applyAsDouble(configuration) * Math.exp(0.3 * random.nextGaussian()),
                        answer.path("id").intValue(),
                        value * Math.exp(problem.noise() * random.nextGaussian())));
            }
        }
        return new Run(name, problem.name(), workers, seed, regret, milliseconds);
    }

    private static ObjectNode init(TestProblem problem, int workers, int seed, int trials) {
        ArrayNode space = JSON.createArrayNode();
        for (Parameter parameter : problem.space().parameters()) {
            ObjectNode each = space.addObject().put("name", parameter.name());
            switch (parameter) {
                case Real real ->
                    each.put("type", "double")
                            .put("low", real.low())
                            .put("high", real.high())
                            .put("log", real.scale() == Scale.LOG);
                case Whole whole ->
                    each.put("type", "int")
                            .put("low", whole.low())
                            .put("high", whole.high())
                            .put("log", false);
                default -> throw new IllegalStateException("Problems have numbers alone.");
            }
        }
        ObjectNode init = JSON.createObjectNode().put("op", "init");
        init.set("space", space);
        return init.put("seed", seed)
                .put("parallel", workers)
                .put("direction", "minimize")
                .put("budget", trials);
    }

    private static Configuration configuration(TestProblem problem, JsonNode params) {
        var values = new LinkedHashMap<String, Value>();
        params.properties()
                .forEach(each ->
                        values.put(each.getKey(), Value.of(each.getValue().doubleValue())));
        var configuration = new Configuration(values);
        problem.space().check(configuration);
        return configuration;
    }

    /** A search program and its two streams. */
    private static final class Program implements AutoCloseable {
        private final Process process;
        private final PrintStream requests;
        private final BufferedReader answers;

        Program(List<String> command) throws IOException {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            answers = process.inputReader(StandardCharsets.UTF_8);
        }

        JsonNode call(ObjectNode request) throws IOException {
            requests.println(request);
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("The search ended on " + request);
            }
            JsonNode answer = JSON.readTree(line);
            if (answer.has("error")) {
                throw new IOException(answer.path("error").asText());
            }
            return answer;
        }

        @Override
        public void close() {
            requests.close();
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException stopped) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void report(Path runs, PrintStream out) throws IOException {
        var byCase = new TreeMap<String, Map<String, List<Run>>>();
        for (String line : Files.readAllLines(runs)) {
            Run run = JSON.readValue(line, Run.class);
            byCase.computeIfAbsent(run.problem() + " " + run.workers(), ignored -> new LinkedHashMap<>())
                    .computeIfAbsent(run.name(), ignored -> new ArrayList<>())
                    .add(run);
        }
        out.println(
                "problem, workers  search     seeds   regret at half     at the end   first <= it: P (lower bound)");
        byCase.forEach((name, searches) -> {
            List<Run> first = searches.values().iterator().next();
            searches.forEach((search, its) -> {
                int half = its.getFirst().regret().length / 2 - 1;
                int end = its.getFirst().regret().length - 1;
                out.printf(
                        "%-17s %-10s %5d %16.4g %14.4g   %s   %s%n",
                        name,
                        search,
                        its.size(),
                        Verdicts.median(its, half),
                        Verdicts.median(its, end),
                        its == first ? "" : Verdicts.of(first, its, half),
                        its == first ? "" : Verdicts.of(first, its, end));
            });
        });
    }

    /** Compares runs by log10 max(regret, a thousandth of the problem's range), seeds drawn again for the bound. */
    private static final class Verdicts {
        private static final int DRAWS = 2000;

        static double median(List<Run> runs, int trial) {
            double[] sorted = runs.stream()
                    .mapToDouble(run -> run.regret()[trial])
                    .sorted()
                    .toArray();
            return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
        }

        static String of(List<Run> ours, List<Run> theirs, int trial) {
            double floor = 1e-3
                    * TestProblem.withTrainings().stream()
                            .filter(problem ->
                                    problem.name().equals(ours.getFirst().problem()))
                            .findFirst()
                            .orElseThrow()
                            .range();
            double[] a = scores(ours, trial, floor);
            double[] b = scores(theirs, trial, floor);
            var random = new SplittableRandom(1);
            double[] draws = new double[DRAWS];
            for (int draw = 0; draw < DRAWS; draw++) {
                draws[draw] = share(again(a, random), again(b, random));
            }
            Arrays.sort(draws);
            return "%.2f (%.2f)".formatted(share(a, b), draws[(int) (0.025 * DRAWS)]);
        }

        private static double[] scores(List<Run> runs, int trial, double floor) {
            return runs.stream()
                    .mapToDouble(run -> Math.max(run.regret()[trial], floor))
                    .toArray();
        }

        /** The probability that one of {@code a} is less than one of {@code b}, ties counted half. */
        private static double share(double[] a, double[] b) {
            double wins = 0;
            for (double x : a) {
                for (double y : b) {
                    wins += x < y ? 1 : x == y ? 0.5 : 0;
                }
            }
            return wins / a.length / b.length;
        }

        private static double[] again(double[] scores, SplittableRandom random) {
            return random.ints(scores.length, 0, scores.length)
                    .mapToDouble(i -> scores[i])
                    .toArray();
        }
    }
}
