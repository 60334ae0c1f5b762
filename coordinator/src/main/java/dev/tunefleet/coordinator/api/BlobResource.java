package dev.tunefleet.coordinator.api;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.smallrye.common.annotation.Blocking;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.tunefleet.common.blob.BlobStore;

/** The trained models. No other blob is given away. */
@Path("/api/v1/blobs")
@Tag(name = "models")
public class BlobResource {

    private static final String MODELS = "models/";

    private final BlobStore blobs;

    BlobResource(BlobStore blobs) {
        this.blobs = blobs;
    }

    @GET
    @Blocking
    @Path("{key: .+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "Gives a model's bytes by its key")
    public Response get(@PathParam("key") String key) {
        if (!key.startsWith(MODELS)) {
            throw absent(key);
        }
        try {
            return Response.ok(blobs.get(blobs.describe(key))).build();
        } catch (NoSuchFileException notThere) {
            throw absent(key);
        } catch (IOException away) {
            throw ProblemException.unread(away);
        }
    }

    private static ProblemException absent(String key) {
        return ProblemException.notFound("There is no model under the key " + key + ".");
    }
}
