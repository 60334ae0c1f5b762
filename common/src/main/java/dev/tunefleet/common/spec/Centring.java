package dev.tunefleet.common.spec;

/**
 * What the values of a window are told relative to. Series whose level wanders are forecast far better as deviations from the
 * level of their own window (Kim et al. 2022, RevIN; Zeng et al. 2023, NLinear); steady ones gain nothing by it.
 */
public enum Centring {
    /** {@link #WINDOW} where, in the training part, recent means forecast later rows better than earlier rows' mean does. */
    AUTO,
    /** Each series of a window, less its mean over the window; forecasts are deviations from that mean. */
    WINDOW,
    /** Standardised values as they are. */
    NONE
}
