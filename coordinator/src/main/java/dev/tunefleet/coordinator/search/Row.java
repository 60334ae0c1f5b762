package dev.tunefleet.coordinator.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.tunefleet.common.space.Configuration;

/** One result that a model learns from: a trial's value at one rung, turned so that small is good. */
record Row(long trial, int epochs, Configuration configuration, double value) {

    private static final Comparator<Row> ORDER =
            Comparator.comparingLong(Row::trial).thenComparingInt(Row::epochs);

    /** All results of the view's first objective, by trial and epochs, whatever the order of the observations. */
    static List<Row> of(SearchView view) {
        var rows = new ArrayList<Row>();
        double sign = view.goals().getFirst().sign();
        for (Observation observation : view.observations()) {
            if (observation.outcome() instanceof Outcome.Measured measured) {
                for (Outcome.Reading reading : measured.readings()) {
                    rows.add(new Row(
                            observation.trial(),
                            reading.epochs(),
                            observation.configuration(),
                            sign * reading.value()));
                }
            }
        }
        rows.sort(ORDER);
        return rows;
    }
}
