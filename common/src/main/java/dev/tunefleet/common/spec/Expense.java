package dev.tunefleet.common.spec;

/** What a model costs besides its error; a study may keep it small, too. */
public enum Expense {
    /** Seconds that a full training takes. */
    TRAINING_SECONDS,
    /** Weights and biases of the model, which its size and the time of a forecast follow. */
    PARAMETERS
}
