package dev.tunefleet.common.spec;

/** A forecast error; lower is better for each. Computed on values standardised with the training part, but for SMAPE. */
public enum Metric {
    MSE,
    MAE,
    RMSE,
    /** Symmetric mean absolute percentage error on raw values, 0 to 2 (Makridakis 1993). */
    SMAPE,
    /** Mean absolute error over that of the one-step naive forecast on the training part (Hyndman and Koehler 2006). */
    MASE
}
