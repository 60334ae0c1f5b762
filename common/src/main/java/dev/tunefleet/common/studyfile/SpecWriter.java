package dev.tunefleet.common.studyfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Scale;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;
import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.Calendar;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.Scheduler;
import dev.tunefleet.common.spec.SearchSettings;
import dev.tunefleet.common.spec.Split;
import dev.tunefleet.common.spec.Stride;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.spec.Training;

/** Writes every field of a study in the grammar that {@link SpecReader} reads. */
final class SpecWriter {

    String write(StudySpec spec) {
        var study = new LinkedHashMap<String, Object>();
        study.put("name", spec.name());
        study.put("task", Fields.name(spec.task()));
        study.put("data", data(spec.data()));
        study.put("validation", Map.of("scheme", "holdout", "split", split(spec.split())));
        study.put("objective", objective(spec));
        study.put("budget", budget(spec.budget()));
        study.put("training", training(spec.training()));
        study.put("space", space(spec.space()));
        study.put("search", search(spec.search()));
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(options).dump(study);
    }

    private static Object objective(StudySpec spec) {
        Map<String, Object> error = Map.of("metric", Fields.name(spec.metric()), "direction", "minimize");
        if (spec.expenses().isEmpty()) {
            return error;
        }
        var all = new ArrayList<Object>(List.of(error));
        spec.expenses().forEach(expense -> all.add(Map.of("metric", Fields.name(expense), "direction", "minimize")));
        return all;
    }

    private static Map<String, Object> data(DataSource source) {
        var data = new LinkedHashMap<String, Object>();
        data.put("uri", source.uri());
        source.time().ifPresent(time -> data.put("time", time));
        data.put("targets", source.targets());
        if (!source.inputs().isEmpty()) {
            data.put("inputs", source.inputs());
        }
        data.put("horizon", source.horizon());
        data.put(
                "calendar",
                switch (source.calendar()) {
                    case Calendar.Automatic() -> "auto";
                    case Calendar.Features(var features) when features.isEmpty() -> "none";
                    case Calendar.Features(var features) ->
                        features.stream().map(Fields::name).toList();
                });
        data.put("missing", Fields.name(source.missing()));
        data.put(
                "stride",
                switch (source.stride()) {
                    case Stride.Automatic() -> "auto";
                    case Stride.Rows(int rows) -> rows;
                });
        data.put("centring", Fields.name(source.centring()));
        return data;
    }

    private static List<Number> split(Split split) {
        return List.of(number(split.train()), number(split.validation()), number(split.test()));
    }

    private static Map<String, Object> budget(Budget limits) {
        var budget = new LinkedHashMap<String, Object>();
        budget.put("trials", limits.trials());
        limits.time().ifPresent(time -> budget.put("time", Durations.write(time)));
        budget.put("epochs", limits.epochs());
        limits.parallel().ifPresentOrElse(p -> budget.put("parallel", p), () -> budget.put("parallel", "auto"));
        limits.target().ifPresent(target -> budget.put("target", target));
        limits.patience().ifPresent(patience -> budget.put("patience", patience));
        budget.put("failures", limits.failures());
        return budget;
    }

    private static Map<String, Object> training(Training settings) {
        var training = new LinkedHashMap<String, Object>();
        training.put("patience", settings.patience());
        training.put("clipNorm", number(settings.clipNorm()));
        settings.truncation().ifPresent(steps -> training.put("truncation", steps));
        settings.time().ifPresent(time -> training.put("time", Durations.write(time)));
        return training;
    }

    private static Map<String, Object> space(SearchSpace parameters) {
        var space = new LinkedHashMap<String, Object>();
        parameters.parameters().forEach(parameter -> space.put(parameter.name(), parameter(parameter)));
        return space;
    }

    private static Object parameter(Parameter parameter) {
        return switch (parameter) {
            case Real real
            when real.low() == real.high() && real.low() == 0 && real.name().equals("l2") -> "off";
            case Real real when real.low() == real.high() -> number(real.low());
            case Real real -> range(real);
            case Switched switched -> {
                Map<String, Object> range = range(switched.when());
                range.put("optional", true);
                yield range;
            }
            case Whole whole when whole.low() == whole.high() -> whole.low();
            case Whole whole -> {
                var range = new LinkedHashMap<String, Object>();
                range.put("range", List.of(whole.low(), whole.high()));
                range.put("step", whole.step());
                range.put("scale", scale(whole.scale()));
                yield range;
            }
            case Choice choice ->
                Map.of(
                        "options",
                        choice.options().stream().map(SpecWriter::plain).toList());
        };
    }

    private static Map<String, Object> range(Real real) {
        var range = new LinkedHashMap<String, Object>();
        range.put("range", List.of(number(real.low()), number(real.high())));
        range.put("scale", scale(real.scale()));
        return range;
    }

    private static Map<String, Object> search(SearchSettings settings) {
        var search = new LinkedHashMap<String, Object>();
        search.put("algorithm", Fields.name(settings.algorithm()));
        switch (settings.scheduler()) {
            case Scheduler.None() -> search.put("scheduler", "none");
            case Scheduler.Asha(int eta, int minEpochs) -> {
                search.put("scheduler", "asha");
                search.put("eta", eta);
                search.put("minEpochs", minEpochs);
            }
            case Scheduler.MedianStopping(int minEpochs, int ignored) -> {
                search.put("scheduler", "median");
                search.put("minEpochs", minEpochs);
            }
        }
        search.put("seed", settings.seed());
        search.put("guided", settings.guided());
        search.put(
                "enqueue",
                settings.enqueued().stream().map(SpecWriter::configuration).toList());
        search.put("confirm", settings.confirm());
        search.put("cost", Fields.name(settings.cost()));
        search.put("transfer", settings.transfer() == SearchSettings.Transfer.EARLIER_STUDIES);
        return search;
    }

    private static Map<String, Object> configuration(Configuration configuration) {
        var values = new LinkedHashMap<String, Object>();
        configuration.values().forEach((name, value) -> values.put(name, plain(value)));
        return values;
    }

    private static Object plain(Value value) {
        return switch (value) {
            case Value.Quantity(double amount) -> number(amount);
            case Value.Label(String name) -> name;
            case Value.Off() -> "off";
        };
    }

    private static String scale(Scale scale) {
        return Fields.name(scale);
    }

    private static Number number(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return (long) number;
        }
        return number;
    }
}
