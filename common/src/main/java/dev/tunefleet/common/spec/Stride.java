package dev.tunefleet.common.spec;

/** The distance in rows between the training origins of one epoch; the phase is drawn anew for each epoch. */
public sealed interface Stride {

    /** As long as training stays accurate: 1 on short series, more on long ones. */
    record Automatic() implements Stride {}

    record Rows(int rows) implements Stride {
        public Rows {
            if (rows < 1) {
                throw new IllegalArgumentException("The stride (" + rows + ") of a study's data must be at least 1.");
            }
        }
    }
}
