package dev.tunefleet.coordinator.stream;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import dev.tunefleet.common.memory.MemoryEstimate;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.spec.Training;
import dev.tunefleet.common.trial.DataShape;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.coordinator.study.TrialEntity;
import dev.tunefleet.coordinator.study.TrialState;

/**
 * Which configurations fit into a slot: those whose estimate is at most the memory of the largest slot of the live workers, and
 * below that of any trial that ran out of memory all the same.
 *
 * @param data what a worker found in the study's data; before that, as little as the study file says
 * @param limit in bytes
 */
record SlotMemory(DataShape data, Training training, long limit) implements Predicate<Configuration> {

    /** The rule for a study with these {@code trials}, in a fleet whose slots have {@code slotBytes} each. */
    static SlotMemory of(StudySpec study, Optional<DataShape> found, List<TrialEntity> trials, List<Long> slotBytes) {
        DataShape data = data(study.data(), found);
        long limit = slotBytes.stream().mapToLong(Long::longValue).max().orElse(Long.MAX_VALUE);
        long smallest = slotBytes.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        for (TrialEntity trial : trials) {
            if (trial.state() instanceof TrialState.Infeasible failed
                    && failed.reason() == FailureReason.OUT_OF_MEMORY) {
                long estimate = MemoryEstimate.of(trial.configuration(), study.training(), data)
                        .total();
                // Refused before it began, by a slot smaller than any there is now, it says nothing of those.
                boolean again = failed.seconds() > 0 || estimate > smallest;
                limit = again ? Math.min(limit, estimate - 1) : limit;
            }
        }
        return new SlotMemory(data, study.training(), limit);
    }

    /** What the data of {@code source} asks of each trial, as far as that is known. */
    static DataShape data(DataSource source, Optional<DataShape> found) {
        return found.orElseGet(() -> least(source));
    }

    /** The series that are named and the values to forecast; the calendar, the rows and unnamed columns come on top. */
    private static DataShape least(DataSource source) {
        int inputs = Math.max(source.inputs().size(), source.targets().size());
        return new DataShape(inputs, source.horizon() * source.targets().size(), 0, 0);
    }

    @Override
    public boolean test(Configuration configuration) {
        return MemoryEstimate.of(configuration, training, data).total() <= limit;
    }
}
