package dev.tunefleet.coordinator.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

import dev.tunefleet.common.memory.Arena;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.Expense;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.DataShape;

/**
 * What trials of a study cost besides their error, in the terms that the study asks for.
 *
 * @param data what is known of its shape; the number of parameters depends on it
 */
record Expenses(StudySpec spec, DataShape data) {

    /**
     * The study's expenses of a trial, in the order of the study; none while one of them is not known.
     *
     * @param seconds of a slot of speed 1 for which it was trained; empty before its result
     */
    List<Double> of(Configuration configuration, OptionalDouble seconds) {
        if (seconds.isEmpty() && spec.expenses().contains(Expense.TRAINING_SECONDS)) {
            return List.of();
        }
        var values = new ArrayList<Double>();
        for (Expense expense : spec.expenses()) {
            values.add(
                    switch (expense) {
                        case TRAINING_SECONDS -> seconds.getAsDouble();
                        case PARAMETERS -> (double) parameters(configuration);
                    });
        }
        return values;
    }

    private long parameters(Configuration configuration) {
        int units = configuration.whole(Guide.UNITS);
        int sequence = configuration.whole(Guide.SEQUENCE_LENGTH);
        return new Arena(data.inputs(), units, configuration.whole(Guide.LAYERS), data.outputs(), 1, sequence)
                .parameters();
    }
}
