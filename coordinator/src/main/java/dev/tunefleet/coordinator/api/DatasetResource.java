package dev.tunefleet.coordinator.api;

import java.io.IOException;
import java.io.InputStream;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.smallrye.common.annotation.Blocking;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Data sets that studies are made on. */
@Path("/api/v1/datasets")
@Tag(name = "datasets")
public class DatasetResource {

    private final Uploads uploads;

    DatasetResource(Uploads uploads) {
        this.uploads = uploads;
    }

    @POST
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Stores a data set under the digest of its content")
    public Response upload(InputStream content) throws IOException {
        return Response.status(Response.Status.CREATED)
                .entity(uploads.store(content))
                .build();
    }
}
