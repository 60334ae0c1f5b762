package dev.tunefleet.coordinator.api;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.coordinator.search.Observation;
import dev.tunefleet.coordinator.search.Outcome;
import dev.tunefleet.coordinator.stream.StudyInsights;
import dev.tunefleet.coordinator.view.StudyShown;

/** The trade-offs of a study with several objectives. */
@Path("/api/v1/studies/{id}/pareto")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "studies")
public class ParetoResource {

    private final KnownStudies studies;
    private final StudyInsights insights;

    ParetoResource(KnownStudies studies, StudyInsights insights) {
        this.studies = studies;
        this.insights = insights;
    }

    @GET
    @Operation(
            summary = "Lists the fully trained trials that no other beats in all objectives",
            description = "Values stand in the order of the objectives; lower is better for each.")
    public Front show(@PathParam("id") String name) {
        StudyShown study = studies.get(name);
        return new Front(
                study.study().spec().map(ParetoResource::objectives).orElse(List.of()),
                insights.front(study).stream().map(Point::of).toList());
    }

    private static List<String> objectives(StudySpec spec) {
        return Stream.concat(
                        Stream.of(spec.metric().name()),
                        spec.expenses().stream().map(Enum::name))
                .toList();
    }

    /** The front, trials by number. */
    public record Front(List<String> objectives, List<Point> trials) {}

    /** A trial of the front. */
    public record Point(long trial, List<Double> values, Configuration configuration) {

        private static Point of(Observation observation) {
            var values = new ArrayList<Double>();
            if (observation.outcome() instanceof Outcome.Measured measured) {
                values.add(measured.last().value());
                values.addAll(measured.further());
            }
            return new Point(observation.trial(), values, observation.configuration());
        }
    }
}
