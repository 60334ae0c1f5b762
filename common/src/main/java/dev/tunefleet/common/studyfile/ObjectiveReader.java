package dev.tunefleet.common.studyfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

import dev.tunefleet.common.spec.Expense;
import dev.tunefleet.common.spec.Metric;

/** Reads the section {@code objective}: an error, or a list of one error and of what else is to be kept small. */
final class ObjectiveReader {

    private final Section study;

    /** @param study the fields of the whole file */
    ObjectiveReader(Section study) {
        this.study = study;
    }

    /** One error and the expenses beside it. */
    record Objectives(Metric metric, List<Expense> expenses) {}

    Objectives read() {
        Optional<Node> field = study.field("objective");
        if (field.isPresent() && field.get() instanceof SequenceNode list) {
            return several(list.getValue());
        }
        return new Objectives(
                choice(study.section("objective", Fields.OBJECTIVE), Fields.METRICS, Metric.MSE), List.of());
    }

    private Objectives several(List<Node> entries) {
        if (entries.isEmpty()) {
            study.mistake("objective", "must name an error at least.");
            return new Objectives(Metric.MSE, List.of());
        }
        Metric metric = named(entries.getFirst(), Fields.METRICS, Metric.MSE);
        var expenses = new ArrayList<Expense>();
        for (Node entry : entries.subList(1, entries.size())) {
            Expense expense = named(entry, Fields.EXPENSES, Expense.PARAMETERS);
            if (expenses.contains(expense)) {
                study.mistakes().add(entry, study.at("objective"), "must stand once.");
            }
            expenses.add(expense);
        }
        return new Objectives(metric, expenses);
    }

    private <T> T named(Node entry, Map<String, T> choices, T otherwise) {
        if (entry instanceof MappingNode) {
            var objective = new Section(study.mistakes(), study.at("objective"), entry, Fields.OBJECTIVE);
            objective.required("metric", "what is to be small");
            return choice(objective, choices, otherwise);
        }
        return Scalars.text(entry).map(choices::get).orElseGet(() -> {
            study.mistakes()
                    .add(
                            entry,
                            study.at("objective"),
                            "must be one of "
                                    + String.join(
                                            ", ",
                                            choices.keySet().stream().sorted().toList())
                                    + "; the first of a list is an error, the others are expenses.");
            return otherwise;
        });
    }

    private static <T> T choice(Section objective, Map<String, T> choices, T otherwise) {
        objective.choice("direction", Map.of("minimize", true), true);
        return objective.choice("metric", choices, otherwise);
    }
}
