package dev.tunefleet.common.studyfile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.tunefleet.common.spec.CalendarFeature;
import dev.tunefleet.common.spec.Centring;
import dev.tunefleet.common.spec.Expense;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.spec.MissingValues;
import dev.tunefleet.common.spec.SearchSettings.Algorithm;
import dev.tunefleet.common.spec.SearchSettings.Cost;
import dev.tunefleet.common.spec.Task;

/** The names that a study file may use, for its reader, its writer and the test of its schema. */
final class Fields {

    static final List<String> STUDY =
            List.of("name", "task", "data", "validation", "objective", "budget", "training", "space", "search");
    static final List<String> DATA = List.of(
            "uri", "time", "target", "targets", "inputs", "horizon", "calendar", "missing", "stride", "centring");
    static final List<String> VALIDATION = List.of("scheme", "split");
    static final List<String> OBJECTIVE = List.of("metric", "direction");
    static final List<String> BUDGET =
            List.of("trials", "time", "epochs", "parallel", "target", "patience", "failures");
    static final List<String> TRAINING = List.of("patience", "clipNorm", "truncation", "time");
    static final List<String> SPACE = Guide.NAMES;
    static final List<String> SEARCH = List.of(
            "algorithm", "scheduler", "eta", "minEpochs", "seed", "guided", "enqueue", "confirm", "cost", "transfer");

    static final Map<String, Task> TASKS = named(Task.values());
    static final Map<String, Metric> METRICS = named(Metric.values());
    static final Map<String, Expense> EXPENSES = named(Expense.values());
    static final Map<String, MissingValues> MISSING = named(MissingValues.values());
    static final Map<String, Centring> CENTRING = named(Centring.values());
    static final Map<String, Algorithm> ALGORITHMS = named(Algorithm.values());
    static final Map<String, Cost> COSTS = named(Cost.values());
    static final Map<String, CalendarFeature> CALENDAR = named(CalendarFeature.values());

    static final int DEFAULT_TRIALS = 40;
    static final int DEFAULT_EPOCHS = 30;
    static final int DEFAULT_FAILURES = 5;
    static final long DEFAULT_SEED = 1;

    private Fields() {}

    /** CARRY_FORWARD is written carryForward. */
    static String name(Enum<?> constant) {
        String[] words = constant.name().toLowerCase(Locale.ROOT).split("_");
        var name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return name.toString();
    }

    private static <E extends Enum<E>> Map<String, E> named(E[] constants) {
        var names = new LinkedHashMap<String, E>();
        for (E constant : constants) {
            names.put(name(constant), constant);
        }
        return names;
    }
}
