package dev.tunefleet.common.space;

/** How the range of a numeric parameter is spread over the unit interval. */
public enum Scale {
    LINEAR,
    LOG
}
