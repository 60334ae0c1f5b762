package dev.tunefleet.coordinator.api;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.view.Page;
import dev.tunefleet.coordinator.view.Phase;
import dev.tunefleet.coordinator.view.ReadModel;
import dev.tunefleet.coordinator.view.StudyShown;
import dev.tunefleet.coordinator.view.TrialShown;

/** The trials of a study: listed, shown, enqueued, cancelled. */
@Path("/api/v1/studies/{id}/trials")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "trials")
public class TrialResource {

    private final ReadModel model;
    private final KnownStudies studies;
    private final Requests requests;

    TrialResource(ReadModel model, KnownStudies studies, Requests requests) {
        this.model = model;
        this.studies = studies;
        this.requests = requests;
    }

    @GET
    @Operation(summary = "Lists the trials of a study by their numbers")
    public TrialList list(
            @PathParam("id") String name,
            @QueryParam("offset") @DefaultValue("0") int offset,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("state") Optional<String> state) {
        Page<TrialShown> page =
                model.page(studies.id(name), Pages.offset(offset), Pages.limit(limit), state.map(TrialResource::phase));
        return new TrialList(
                page.total(), page.items().stream().map(Views::trial).toList());
    }

    @GET
    @Path("{number}")
    @Operation(summary = "Shows a trial with its curve and advice on it")
    public TrialView show(@PathParam("id") String name, @PathParam("number") int number) {
        StudyEntity study = studies.get(name).study();
        return Views.advised(
                trial(study.id(), number), model.curve(study.id(), number), study, model.trials(study.id()));
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Asks for a configuration to be tried before any suggestion")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Bodies.Enqueued.class)))
    public Response enqueue(
            @PathParam("id") String name, InputStream content, @HeaderParam(Requests.KEY) Optional<String> key) {
        byte[] body = Bodies.bytes(content);
        StudyShown study = studies.get(name);
        Configuration configuration = Bodies.configuration(body);
        study.study().spec().ifPresent(spec -> {
            try {
                spec.space().check(configuration);
            } catch (IllegalArgumentException illegal) {
                throw ProblemException.badRequest(illegal.getMessage());
            }
        });
        StudyId id = study.study().id();
        return requests.carryOut(
                id,
                key,
                "enqueue-" + Bodies.fingerprint(body),
                request -> new Command.EnqueueTrial(request, configuration),
                () -> Response.ok(Views.whole(studies.get(name))).build());
    }

    @POST
    @Path("{number}/cancel")
    @Operation(summary = "Takes a trial back")
    public Response cancel(
            @PathParam("id") String name,
            @PathParam("number") int number,
            @HeaderParam(Requests.KEY) Optional<String> key) {
        StudyId id = studies.id(name);
        trial(id, number);
        return requests.carryOut(
                id, key, "cancel-" + number, request -> new Command.CancelTrial(request, number), () -> Response.ok(
                                Views.trial(trial(id, number), model.curve(id, number)))
                        .build());
    }

    private TrialShown trial(StudyId id, int number) {
        return model.trial(id, number)
                .orElseThrow(() -> ProblemException.notFound("There is no trial " + number + " in study " + id + "."));
    }

    private static Phase phase(String state) {
        for (Phase phase : Phase.values()) {
            if (phase.name().equals(state.toUpperCase(Locale.ROOT))) {
                return phase;
            }
        }
        throw ProblemException.badRequest(
                "The state (" + state + ") of the trials to list must be one of " + List.of(Phase.values()) + ".");
    }
}
