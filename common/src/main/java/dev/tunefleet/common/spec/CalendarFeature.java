package dev.tunefleet.common.spec;

/** A cycle of the calendar, given to the model as a sine and a cosine. */
public enum CalendarFeature {
    HOUR_OF_DAY,
    DAY_OF_WEEK,
    DAY_OF_MONTH,
    DAY_OF_YEAR
}
