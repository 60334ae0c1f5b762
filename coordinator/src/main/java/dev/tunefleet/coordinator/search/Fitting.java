package dev.tunefleet.coordinator.search;

import java.util.function.Supplier;

/** Runs the fit of a model: a caller that has a clock can time it. */
@FunctionalInterface
public interface Fitting {

    /** What {@code fit} returns, which is called once. */
    <T> T run(Supplier<T> fit);
}
