package dev.tunefleet.coordinator.stream;

import java.util.ArrayList;
import java.util.List;

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

    /** The study's expenses of a trial that was trained for {@code seconds} of a slot of speed 1, in the order of the study. */
    List<Double> of(Configuration configuration, double seconds) {
        var values = new ArrayList<Double>();
        for (Expense expense : spec.expenses()) {
            values.add(
                    switch (expense) {
                        case TRAINING_SECONDS -> seconds;
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
