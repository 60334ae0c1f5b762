package dev.tunefleet.coordinator.search;

import java.util.function.Supplier;

/** What a search remembers between calls, to compute it once: models and hyperparameters, by what they were made of. */
record Memory(SurrogateCache surrogates, HyperMemo hypers) {

    Memory() {
        this(new SurrogateCache(), new HyperMemo(Supplier::get));
    }
}
