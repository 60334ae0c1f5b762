package dev.tunefleet.coordinator.api;

import java.io.InputStream;
import java.util.Optional;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.view.Page;
import dev.tunefleet.coordinator.view.ReadModel;
import dev.tunefleet.coordinator.view.StudyShown;

/** Studies: begun, shown, paused, resumed, stopped, deleted. */
@Path("/api/v1/studies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "studies")
public class StudyResource {

    private final ReadModel model;
    private final Requests requests;
    private final KnownStudies studies;
    private final Uploads uploads;

    StudyResource(ReadModel model, KnownStudies studies, Requests requests, Uploads uploads) {
        this.model = model;
        this.studies = studies;
        this.requests = requests;
        this.uploads = uploads;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Begins a study, or goes on with the same one",
            description =
                    "The same study once more changes nothing, a larger budget extends it; any other difference is"
                            + " refused with the fields that differ.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StudySpec.class)))
    public Response create(InputStream content, @HeaderParam(Requests.KEY) Optional<String> key) {
        byte[] body = Bodies.bytes(content);
        StudySpec spec = Bodies.study(body);
        BlobRef dataset = uploads.dataset(spec);
        var id = new StudyId(spec.name());
        boolean present = model.study(id).isPresent();
        return requests.carryOut(
                id,
                key,
                "create-" + Bodies.fingerprint(body),
                request -> new Command.CreateStudy(request, spec, dataset),
                () -> Response.status(present ? Response.Status.OK : Response.Status.CREATED)
                        .entity(shown(id))
                        .build());
    }

    @GET
    @Operation(summary = "Lists the studies, newest first")
    public StudyList list(
            @QueryParam("offset") @DefaultValue("0") int offset, @QueryParam("limit") @DefaultValue("100") int limit) {
        Page<StudyShown> page = model.studies(Pages.offset(offset), Pages.limit(limit));
        return new StudyList(
                page.total(), page.items().stream().map(Views::brief).toList());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Shows a study with advice on it")
    public StudyView show(@PathParam("id") String name) {
        StudyShown study = studies.get(name);
        return Views.advised(study, model.trials(study.study().id()));
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Forgets a study and everything in it")
    public Response delete(@PathParam("id") String name, @HeaderParam(Requests.KEY) Optional<String> key) {
        StudyId id = studies.id(name);
        return requests.carryOut(id, key, "delete", Command.DeleteStudy::new, () -> Response.noContent()
                .build());
    }

    @POST
    @Path("{id}/pause")
    @Operation(summary = "Hands out nothing new until the study is resumed")
    public Response pause(@PathParam("id") String name, @HeaderParam(Requests.KEY) Optional<String> key) {
        StudyId id = studies.id(name);
        return requests.carryOut(id, key, "pause", Command.PauseStudy::new, () -> Response.ok(shown(id))
                .build());
    }

    @POST
    @Path("{id}/resume")
    @Operation(summary = "Goes on with a paused study")
    public Response resume(@PathParam("id") String name, @HeaderParam(Requests.KEY) Optional<String> key) {
        StudyId id = studies.id(name);
        return requests.carryOut(id, key, "resume", Command.ResumeStudy::new, () -> Response.ok(shown(id))
                .build());
    }

    @POST
    @Path("{id}/stop")
    @Operation(summary = "Ends a study now with what it has")
    public Response stop(@PathParam("id") String name, @HeaderParam(Requests.KEY) Optional<String> key) {
        StudyId id = studies.id(name);
        return requests.carryOut(id, key, "stop", Command.StopStudy::new, () -> Response.ok(shown(id))
                .build());
    }

    private StudyView shown(StudyId id) {
        return Views.whole(studies.get(id));
    }
}
