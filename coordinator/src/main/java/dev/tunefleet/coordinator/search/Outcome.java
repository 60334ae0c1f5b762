package dev.tunefleet.coordinator.search;

import java.util.List;

/** How an attempted configuration ended, and what that teaches the search. */
public sealed interface Outcome {

    /** A validation result after so many epochs of training; {@code epochs} is the rung it was reached at. */
    record Reading(int epochs, double value) {
        public Reading {
            if (epochs < 1 || !Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "The reading (" + value + " after " + epochs + " epochs) must be finite, after at least one.");
            }
        }
    }

    /**
     * A trial with results: one reading for each rung it reached, by ascending epochs.
     *
     * @param seconds what its training took in all, in seconds; 0 where nobody measured it
     * @param further the values of the second and later objectives, in the order of the view's goals; empty with one objective
     *     and where not all of them are known
     */
    record Measured(List<Reading> readings, double seconds, List<Double> further) implements Outcome {
        public Measured {
            readings = List.copyOf(readings);
            further = List.copyOf(further);
            if (readings.isEmpty()) {
                throw new IllegalArgumentException("The readings of a measured trial must be one or more.");
            }
            if (!further.stream().allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("The further values (" + further
                        + ") of a measured trial must be finite: leave them all out where one is not known.");
            }
            for (int i = 1; i < readings.size(); i++) {
                if (readings.get(i).epochs() <= readings.get(i - 1).epochs()) {
                    throw new IllegalArgumentException(
                            "The readings (" + readings + ") of a measured trial must ascend by epochs.");
                }
            }
        }

        /** A trial with one result and no rungs. */
        public static Measured of(double value) {
            return new Measured(List.of(new Reading(1, value)), 0, List.of());
        }

        /** A trial with results at one or more rungs. */
        public static Measured of(List<Reading> readings, double seconds) {
            return new Measured(readings, seconds, List.of());
        }

        /** The reading at the highest rung it reached. */
        public Reading last() {
            return readings.getLast();
        }
    }

    /** Training became unstable: the search learns where that is likely. */
    record Diverged() implements Outcome {}

    /** The trial did not fit into memory: the caller corrects {@link SearchView#allowed()}, the configuration stays used. */
    record OutOfMemory() implements Outcome {}

    /** The trial was ended after {@code seconds} without a result: its training takes at least as long. */
    record TimedOut(double seconds) implements Outcome {}

    /** The trial ended for a reason that lies outside its configuration: it teaches nothing and may be tried again. */
    record Lost() implements Outcome {}
}
