package dev.tunefleet.common.spec;

import java.util.regex.Pattern;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;

/** A whole study as its user asks for it: what to predict, from what, how to judge it, how much to spend, where to look. */
public record StudySpec(
        String name,
        Task task,
        DataSource data,
        Split split,
        Metric metric,
        Budget budget,
        Training training,
        SearchSpace space,
        SearchSettings search) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** What a name must be, as the end of a sentence. */
    public static final String NAME_RULE =
            "must be 1 to 63 lower-case letters, digits and dashes, and begin and end with a letter or digit.";

    public StudySpec {
        if (!isName(name)) {
            throw new IllegalArgumentException("The name (" + name + ") of a study " + NAME_RULE);
        }
        for (String required : Guide.NAMES) {
            space.parameter(required);
        }
        search.enqueued().forEach(space::check);
    }

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The longest window that any trial of this study may use, in time steps; it fixes the first forecast origin. */
    public int longestSequence() {
        return (int) greatest(space.parameter(Guide.SEQUENCE_LENGTH));
    }

    private static double greatest(Parameter parameter) {
        return switch (parameter) {
            case Real real -> real.high();
            case Whole whole -> whole.high();
            case Switched switched -> switched.when().high();
            case Choice choice ->
                choice.options().stream()
                        .mapToDouble(option -> option instanceof Value.Quantity(double amount) ? amount : 0)
                        .max()
                        .orElseThrow();
        };
    }

    public StudySpec withData(DataSource changed) {
        return new StudySpec(name, task, changed, split, metric, budget, training, space, search);
    }

    public StudySpec withBudget(Budget changed) {
        return new StudySpec(name, task, data, split, metric, changed, training, space, search);
    }

    public StudySpec withTraining(Training changed) {
        return new StudySpec(name, task, data, split, metric, budget, changed, space, search);
    }
}
