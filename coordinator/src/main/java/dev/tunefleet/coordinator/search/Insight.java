package dev.tunefleet.coordinator.search;

import java.util.List;
import java.util.Map;

/**
 * What a study's model has understood, and how far it may be believed.
 *
 * @param results how many trials with results it rests on
 * @param judged by how many full results the model is judged: by all, but of many hundreds by those that it holds
 * @param importances of the parameters, the most important first; those with a single value have none
 * @param agreement rank correlation between each full result and what the model predicts for it from those of all other
 *     configurations, -1 to 1; not a number where it is judged by fewer than three
 * @param coverage the share of full results that lie within the 90 % interval predicted for them from those of all
 *     other configurations; not a number where it is judged by fewer than three
 * @param rungs by epochs of a lower rung: rank correlation of its results with those at the highest rung that was reached, where
 *     three trials or more have both
 */
public record Insight(
        int results,
        int judged,
        List<Importance> importances,
        double agreement,
        double coverage,
        Map<Integer, Double> rungs) {

    /**
     * What share of the predicted variation over the whole space comes from one parameter (Sobol's indices of the model's mean,
     * estimated as in Saltelli et al. 2010).
     *
     * @param alone by this parameter whatever the others are
     * @param total with all of its interactions
     */
    public record Importance(String parameter, double alone, double total) {}

    public Insight {
        importances = List.copyOf(importances);
        rungs = Map.copyOf(rungs);
    }
}
