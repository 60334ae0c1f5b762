package dev.tunefleet.common.spec;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;

/** The tuning guide's seven parameters: their names, default ranges and start values. */
public final class Guide {

    public static final String LEARNING_RATE = "learningRate";
    public static final String LAYERS = "layers";
    public static final String UNITS = "units";
    public static final String SEQUENCE_LENGTH = "sequenceLength";
    public static final String DROPOUT = "dropout";
    public static final String BATCH_SIZE = "batchSize";
    public static final String L2 = "l2";

    public static final List<String> NAMES =
            List.of(LEARNING_RATE, LAYERS, UNITS, SEQUENCE_LENGTH, DROPOUT, BATCH_SIZE, L2);

    /** The default range of each parameter, in the order of {@link #NAMES}. */
    public static final SearchSpace SPACE = new SearchSpace(List.of(
            new Real(LEARNING_RATE, 1e-4, 1e-2, Scale.LOG),
            new Whole(LAYERS, 1, 3),
            new Whole(UNITS, 50, 200),
            new Whole(SEQUENCE_LENGTH, 10, 100),
            new Real(DROPOUT, 0.1, 0.5, Scale.LINEAR),
            new Choice(
                    BATCH_SIZE,
                    IntStream.of(32, 64, 128, 256, 512).mapToObj(Value::of).toList(),
                    true),
            new Switched(new Real(L2, 1e-3, 1e-2, Scale.LOG))));

    private static final Map<String, Double> FIRST = Map.of(
            LEARNING_RATE, 1e-3, LAYERS, 1.0, UNITS, 100.0, SEQUENCE_LENGTH, 28.0, DROPOUT, 0.2, BATCH_SIZE, 32.0);

    private Guide() {}

    /** The guide's start values, each moved to the nearest legal value of {@code space}; L2 starts off where it may. */
    public static Configuration start(SearchSpace space) {
        var values = new TreeMap<String, Value>();
        for (Parameter parameter : space.parameters()) {
            values.put(parameter.name(), nearest(parameter, FIRST.getOrDefault(parameter.name(), 0.0)));
        }
        return new Configuration(values);
    }

    private static Value nearest(Parameter parameter, double wanted) {
        return switch (parameter) {
            case Real real -> Value.of(Math.clamp(wanted, real.low(), real.high()));
            case Whole whole -> {
                double steps = Math.rint((wanted - whole.low()) / whole.step());
                yield Value.of(whole.low() + Math.clamp(steps, 0, whole.count() - 1) * whole.step());
            }
            case Switched ignored -> Value.off();
            case Choice choice ->
                choice.options().stream()
                        .min((a, b) -> Double.compare(distance(a, wanted), distance(b, wanted)))
                        .orElseThrow();
        };
    }

    private static double distance(Value option, double wanted) {
        return option instanceof Value.Quantity(double amount) ? Math.abs(amount - wanted) : 0;
    }
}
