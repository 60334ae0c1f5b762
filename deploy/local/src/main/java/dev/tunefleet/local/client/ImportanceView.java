package dev.tunefleet.local.client;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the search of a study has understood, as the coordinator shows it. What is not known yet is absent.
 *
 * @param results how many trials with results it rests on
 * @param judged by how many fully trained trials the model is judged, which it is from three on; absent where an older
 *     coordinator answers
 * @param parameters the most important first
 * @param agreement rank correlation between full results and what the model predicts for each from those of all other
 *     configurations
 * @param coverage the share of full results that lie within the 90 % interval predicted for them from those of all other
 *     configurations
 * @param rungs rank correlation of the results at a rung with those at the highest that was reached, by the rung's epochs
 */
public record ImportanceView(
        int results,
        OptionalInt judged,
        List<Share> parameters,
        OptionalDouble agreement,
        OptionalDouble coverage,
        Map<Integer, Double> rungs) {

    public ImportanceView {
        parameters = parameters == null ? List.of() : List.copyOf(parameters);
        rungs = rungs == null ? Map.of() : Map.copyOf(rungs);
    }

    /**
     * What share of the predicted variation comes from a parameter.
     *
     * @param alone whatever the others are
     * @param total with all of its interactions
     */
    public record Share(String name, double alone, double total) {}
}
