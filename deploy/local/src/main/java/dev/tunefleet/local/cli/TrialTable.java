package dev.tunefleet.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;

import dev.tunefleet.common.space.Value;
import dev.tunefleet.local.client.TrialView;

/** Trials as rows, with a column for each parameter. */
final class TrialTable {

    private static final List<String> BEFORE = List.of("trial", "state", "value", "epoch", "best epoch", "seconds");
    private static final List<String> AFTER = List.of("attempts", "worker", "reason");

    private TrialTable() {}

    static Table of(List<TrialView> trials) {
        SequencedSet<String> parameters = new TreeSet<>();
        trials.forEach(trial -> parameters.addAll(trial.configuration().values().keySet()));
        var heads = new ArrayList<>(BEFORE);
        heads.addAll(parameters);
        heads.addAll(AFTER);
        var table = new Table(heads);
        trials.forEach(trial -> table.row(cells(trial, parameters)));
        return table;
    }

    private static List<String> cells(TrialView trial, SequencedSet<String> parameters) {
        var cells = new ArrayList<String>();
        cells.add(Integer.toString(trial.number()));
        cells.add(trial.state());
        cells.add(trial.value().isPresent() ? Double.toString(trial.value().getAsDouble()) : "");
        cells.add(Integer.toString(trial.epoch()));
        cells.add(
                trial.bestEpoch().isPresent()
                        ? Integer.toString(trial.bestEpoch().getAsInt())
                        : "");
        cells.add(trial.seconds().isPresent() ? Numbers.error(trial.seconds().getAsDouble()) : "");
        for (String parameter : parameters) {
            Optional<Value> value =
                    Optional.ofNullable(trial.configuration().values().get(parameter));
            cells.add(value.map(Value::toString).orElse(""));
        }
        cells.add(Integer.toString(trial.attempts()));
        cells.add(trial.worker().orElse(""));
        cells.add(trial.reason().orElse(""));
        return cells;
    }
}
