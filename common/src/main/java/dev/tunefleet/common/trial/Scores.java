package dev.tunefleet.common.trial;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import dev.tunefleet.common.spec.Metric;

/** One forecaster's error on one part of the data in each metric; a metric that does not exist there is absent. */
public record Scores(Map<Metric, Double> errors) {

    public Scores {
        errors.values().forEach(error -> Objects.requireNonNull(error, "A metric that has no error must be left out."));
        errors = Collections.unmodifiableMap(new TreeMap<>(errors));
    }
}
