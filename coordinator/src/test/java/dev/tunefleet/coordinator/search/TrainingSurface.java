package dev.tunefleet.coordinator.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Whole;

/**
 * What real trainings over the guide's space gave, and a forest over them, to judge searches on what they exist for.
 *
 * <p>The trainings were made by the worker's own trainer on two data sets; the studies stand beside the tables. The first 80
 * configurations of each are a Sobol set, 60 lie around the 15 best of those, and 5 were trained with three more
 * seeds. Their seconds are by the wall clock of a busy machine. The batch size is a power of two and L2 one of four
 * strengths, both as whole numbers, so that every search can express the space.
 */
final class TrainingSurface {

    static final List<String> DATA_SETS = List.of("births", "etth1");

    static final SearchSpace SPACE = new SearchSpace(List.of(
            new Real("learningRate", 1e-4, 1e-2, Scale.LOG),
            new Whole("layers", 1, 3),
            new Whole("units", 50, 200),
            new Whole("sequenceLength", 10, 100),
            new Real("dropout", 0.1, 0.5, Scale.LINEAR),
            new Whole("batchPower", 5, 9),
            new Whole("l2Level", 0, 3)));

    private static final List<Double> L2_LEVELS = List.of(0.0, 1e-3, 3e-3, 1e-2);
    private static final int CANDIDATES = 20_000;

    /**
     * One training.
     *
     * @param point [parameter] in the unit cube, in the order of {@link #SPACE}
     * @param error on the ranking blocks at the epoch that the stopping blocks chose
     * @param test error of that epoch's parameters
     */
    record Training(long seed, double[] point, double error, double test, double seconds, List<Epoch> epochs) {}

    record Epoch(double stop, double rank, double seconds) {}

    private final List<Training> trainings;
    private final RegressionForest errors;
    private final RegressionForest seconds;
    private final double noise;

    private TrainingSurface(List<Training> trainings) {
        this.trainings = trainings;
        this.errors = forest(trainings);
        this.seconds = new RegressionForest(
                points(trainings),
                trainings.stream().mapToDouble(each -> Math.log(each.seconds())).toArray(),
                2);
        this.noise = noise(trainings);
    }

    static TrainingSurface of(String dataSet) {
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(TrainingSurface.class.getResourceAsStream("/surface/" + dataSet + ".csv.gz")),
                StandardCharsets.UTF_8))) {
            Map<String, List<String[]>> rows = lines.lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .collect(Collectors.groupingBy(
                            cells -> String.join(",", List.of(cells).subList(0, 8)),
                            LinkedHashMap::new,
                            Collectors.toList()));
            return new TrainingSurface(
                    rows.values().stream().map(TrainingSurface::training).toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Training training(List<String[]> rows) {
        var epochs = new ArrayList<Epoch>();
        for (String[] cells : rows) {
            epochs.add(new Epoch(number(cells[10]), number(cells[11]), number(cells[13])));
        }
        Epoch best =
                epochs.stream().min(Comparator.comparingDouble(Epoch::stop)).orElseThrow();
        String[] last = rows.getLast();
        double[] point = {
            Math.log(number(last[1]) / 1e-4) / Math.log(100),
            (number(last[2]) - 1) / 2,
            (number(last[3]) - 50) / 150,
            (number(last[4]) - 10) / 90,
            (number(last[5]) - 0.1) / 0.4,
            (Math.log(number(last[6])) / Math.log(2) - 5) / 4,
            L2_LEVELS.indexOf(number(last[7])) / 3.0
        };
        double seconds = epochs.stream().mapToDouble(Epoch::seconds).sum();
        return new Training(Long.parseLong(last[0]), point, best.rank(), number(last[12]), seconds, epochs);
    }

    private static double number(String cell) {
        return Double.parseDouble(cell);
    }

    static RegressionForest forest(List<Training> trainings) {
        return new RegressionForest(
                points(trainings),
                trainings.stream().mapToDouble(each -> Math.log(each.error())).toArray(),
                1);
    }

    private static double[][] points(List<Training> trainings) {
        return trainings.stream().map(Training::point).toArray(double[][]::new);
    }

    List<Training> trainings() {
        return trainings;
    }

    /** The standard deviation of the logarithm of the error between seeds of one configuration. */
    double noise() {
        return noise;
    }

    /** The trainings of each configuration that was trained with several seeds. */
    static Collection<List<Training>> repeated(List<Training> trainings) {
        return trainings.stream().collect(Collectors.groupingBy(each -> new Point(each.point()))).values().stream()
                .filter(each -> each.size() > 1)
                .toList();
    }

    private record Point(List<Double> coordinates) {
        Point(double[] coordinates) {
            this(Arrays.stream(coordinates).boxed().toList());
        }
    }

    private static double noise(List<Training> trainings) {
        double squares = 0;
        int degrees = 0;
        for (List<Training> same : repeated(trainings)) {
            double mean = same.stream()
                    .mapToDouble(each -> Math.log(each.error()))
                    .average()
                    .orElseThrow();
            for (Training training : same) {
                squares += Math.pow(Math.log(training.error()) - mean, 2);
            }
            degrees += same.size() - 1;
        }
        return Math.sqrt(squares / degrees);
    }

    double error(Configuration at) {
        return Math.exp(errors.at(point(at)));
    }

    double seconds(Configuration at) {
        return Math.exp(seconds.at(point(at)));
    }

    /** The parameters of {@code at} in the unit cube, as trainings have them. */
    private static double[] point(Configuration at) {
        double[] point = new double[SPACE.parameters().size()];
        for (int i = 0; i < point.length; i++) {
            Parameter parameter = SPACE.parameters().get(i);
            double value = at.number(parameter.name());
            point[i] = switch (parameter) {
                case Real real
                when real.scale() == Scale.LOG -> Math.log(value / real.low()) / Math.log(real.high() / real.low());
                case Real real -> (value - real.low()) / (real.high() - real.low());
                case Whole whole -> (value - whole.low()) / (double) (whole.high() - whole.low());
                default -> throw new IllegalStateException("The space has numbers alone.");
            };
        }
        return point;
    }

    /** The least error of the forest, as far as many points and walks downhill from the best of them find it. */
    double minimum() {
        var random = new SplittableRandom(7);
        var sobol = new SobolSequence(SPACE.parameters().size(), 7);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < CANDIDATES; i++) {
            least = Math.min(least, errors.at(legal(sobol.point(i))));
        }
        for (Training training : trainings) {
            double[] at = training.point().clone();
            double here = errors.at(at);
            for (int step = 0; step < 200; step++) {
                double[] next = at.clone();
                int j = random.nextInt(next.length);
                next[j] = Math.clamp(next[j] + 0.2 * random.nextGaussian(), 0, 1);
                double there = errors.at(legal(next));
                if (there < here) {
                    here = there;
                    at = next;
                }
            }
            least = Math.min(least, here);
        }
        return Math.exp(least);
    }

    /** {@code point} with whole numbers where the space has them. */
    private static double[] legal(double[] point) {
        double[] legal = point.clone();
        for (int i = 0; i < legal.length; i++) {
            if (SPACE.parameters().get(i) instanceof Whole whole) {
                legal[i] = Math.rint(point[i] * (whole.count() - 1)) / (whole.count() - 1);
            }
        }
        return legal;
    }
}
