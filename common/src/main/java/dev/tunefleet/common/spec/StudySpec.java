package dev.tunefleet.common.spec;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;

/**
 * A whole study as its user asks for it: what to predict, from what, how to judge it, how much to spend, where to look.
 *
 * @param expenses what is to be small besides {@code metric}, by which alone the winner is named; each once
 */
public record StudySpec(
        String name,
        Task task,
        DataSource data,
        Split split,
        Metric metric,
        Budget budget,
        Training training,
        SearchSpace space,
        SearchSettings search,
        List<Expense> expenses) {

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
        // A study recorded before there was a choice has no value here.
        expenses = List.copyOf(Objects.requireNonNullElse(expenses, List.of()));
        if (Set.copyOf(expenses).size() != expenses.size()) {
            throw new IllegalArgumentException(
                    "The expenses (" + expenses + ") of a study must name each of them once.");
        }
    }

    /** A study with a single objective. */
    public StudySpec(
            String name,
            Task task,
            DataSource data,
            Split split,
            Metric metric,
            Budget budget,
            Training training,
            SearchSpace space,
            SearchSettings search) {
        this(name, task, data, split, metric, budget, training, space, search, List.of());
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
        return new StudySpec(name, task, changed, split, metric, budget, training, space, search, expenses);
    }

    public StudySpec withBudget(Budget changed) {
        return new StudySpec(name, task, data, split, metric, changed, training, space, search, expenses);
    }

    public StudySpec withTraining(Training changed) {
        return new StudySpec(name, task, data, split, metric, budget, changed, space, search, expenses);
    }
}
