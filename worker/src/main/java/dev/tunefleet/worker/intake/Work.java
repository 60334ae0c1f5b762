package dev.tunefleet.worker.intake;

import java.util.function.Supplier;

import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.worker.train.Outbox;
import dev.tunefleet.worker.train.Signal;

/** What a slot does with an assignment: runs it to its last event, which is returned, whatever happens. */
public interface Work {

    TrialEvent run(Assignment assignment, Execution execution, Supplier<Signal> signals, Outbox outbox);

    /** Whether what every assignment needs is there, as far as is known. A worker without it takes no assignment. */
    default boolean equipped() {
        return true;
    }

    /** Looks whether what was missing is back; may take a while, and is asked again. */
    default void lookOut() {}

    /** From now on it is known that the loops that train do so many GFLOP/s in this worker. */
    default void timed(double gigaflops) {}
}
