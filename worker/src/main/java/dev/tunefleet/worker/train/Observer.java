package dev.tunefleet.worker.train;

import java.util.function.Supplier;

import dev.tunefleet.common.trial.Measurement;

/** Who follows a training; called on the training thread. */
interface Observer {

    /** Asked before each batch and each part of a validation; must be quick. */
    Signal signal();

    /** An epoch is over; {@code progress} copies the state when asked. */
    void epochMeasured(Measurement measurement, int samples, Supplier<Progress> progress);
}
