package dev.tunefleet.local.client;

import java.util.List;

import dev.tunefleet.common.space.Configuration;

/**
 * The fully trained trials that no other beats in all objectives, as the coordinator shows them.
 *
 * @param objectives their names; lower is better for each
 * @param trials by number
 */
public record FrontView(List<String> objectives, List<Point> trials) {

    public FrontView {
        objectives = objectives == null ? List.of() : List.copyOf(objectives);
        trials = trials == null ? List.of() : List.copyOf(trials);
    }

    /**
     * A trial of the front.
     *
     * @param values in the order of the objectives
     */
    public record Point(int trial, List<Double> values, Configuration configuration) {
        public Point {
            values = values == null ? List.of() : List.copyOf(values);
        }
    }
}
