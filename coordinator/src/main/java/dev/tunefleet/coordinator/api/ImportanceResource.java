package dev.tunefleet.coordinator.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.tunefleet.coordinator.search.Insight;
import dev.tunefleet.coordinator.stream.StudyInsights;

/** Which parameters matter in a study, and how far its model may be believed. */
@Path("/api/v1/studies/{id}/importance")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "studies")
public class ImportanceResource {

    private final KnownStudies studies;
    private final StudyInsights insights;

    ImportanceResource(KnownStudies studies, StudyInsights insights) {
        this.studies = studies;
        this.insights = insights;
    }

    @GET
    @Operation(
            summary = "Tells which parameters matter, and how far the search may be trusted",
            description = "Shares of the variation that the search's model predicts over the whole space. Without five"
                    + " results there is no model yet and no parameter is listed; without three fully trained trials nothing"
                    + " says how good the model is.")
    public Importance show(@PathParam("id") String name) {
        return insights.insight(studies.get(name)).map(Importance::of).orElse(Importance.NOTHING);
    }

    /**
     * What a study's model has understood. What is not known yet is absent.
     *
     * @param results how many trials with results it rests on
     * @param judged by how many fully trained trials the model is judged, which it is from three on
     * @param parameters the most important first
     * @param agreement rank correlation between full results and what the model predicts for each from those of all other
     *     configurations
     * @param coverage the share of full results that lie within the 90 % interval predicted for them from those of all other
     *     configurations
     * @param rungs rank correlation of the results at a rung with those at the highest that was reached, by the rung's epochs
     */
    public record Importance(
            int results,
            int judged,
            List<Share> parameters,
            OptionalDouble agreement,
            OptionalDouble coverage,
            Map<Integer, Double> rungs) {

        private static final Importance NOTHING =
                new Importance(0, 0, List.of(), OptionalDouble.empty(), OptionalDouble.empty(), Map.of());

        /**
         * What share of the predicted variation comes from a parameter.
         *
         * @param alone whatever the others are
         * @param total with all of its interactions
         */
        public record Share(String name, double alone, double total) {}

        static Importance of(Insight insight) {
            var rungs = new TreeMap<Integer, Double>();
            insight.rungs()
                    .forEach((epochs, value) ->
                            Optional.of(value).filter(Double::isFinite).ifPresent(finite -> rungs.put(epochs, finite)));
            return new Importance(
                    insight.results(),
                    insight.judged(),
                    insight.importances().stream()
                            .map(each -> new Share(each.parameter(), each.alone(), each.total()))
                            .toList(),
                    finite(insight.agreement()),
                    finite(insight.coverage()),
                    rungs);
        }

        private static OptionalDouble finite(double value) {
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        }
    }
}
