package dev.tunefleet.coordinator.search;

import java.util.HashMap;
import java.util.Map;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Guide;

/**
 * The tuning guide's advice as a prior: each of its parameters is believed to be good near the value it recommends to start
 * with, the more widely the less the guide commits itself.
 */
public final class GuidePrior {

    /** Standard deviations as shares of the range on its scale. */
    private static final Map<String, Double> WIDTHS = Map.of(
            Guide.LEARNING_RATE, 0.25,
            Guide.LAYERS, 0.5,
            Guide.UNITS, 0.45,
            Guide.SEQUENCE_LENGTH, 0.4,
            Guide.DROPOUT, 0.35,
            Guide.BATCH_SIZE, 0.45,
            Guide.L2, 1.5);

    private GuidePrior() {}

    /** The prior over those parameters of {@code space} that the guide speaks of. */
    public static Prior of(SearchSpace space) {
        Configuration start = Guide.start(space);
        var beliefs = new HashMap<String, Prior.Belief>();
        for (Parameter parameter : space.parameters()) {
            Double width = WIDTHS.get(parameter.name());
            Value centre = start.value(parameter.name());
            boolean comparable = !(parameter instanceof Choice choice) || choice.ordered();
            if (width != null && comparable) {
                beliefs.put(parameter.name(), new Prior.Belief(centre, width));
            }
        }
        return new Prior(beliefs);
    }
}
