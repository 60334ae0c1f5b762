package dev.tunefleet.coordinator.api;

import java.util.List;
import java.util.Map;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.tunefleet.coordinator.stream.Capacity;

/** The workers that are alive, and how many slots would be of use. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "fleet")
public class FleetResource {

    private final Capacity capacity;

    FleetResource(Capacity capacity) {
        this.capacity = capacity;
    }

    @GET
    @Path("workers")
    @Operation(summary = "Lists the workers that were heard lately")
    public List<WorkerView> workers() {
        return capacity.workers().stream()
                .map(heard -> new WorkerView(
                        heard.status().worker(),
                        heard.status().slots(),
                        heard.status().busy(),
                        Views.seconds(capacity.age(heard))))
                .toList();
    }

    @GET
    @Path("slots-wanted")
    @Operation(summary = "Says how many slots the running studies could use; autoscalers follow it")
    public Map<String, Integer> slotsWanted() {
        return Map.of("slotsWanted", capacity.slotsWanted());
    }

    /** A worker as clients see it. */
    public record WorkerView(String worker, int slots, int busy, double seenSecondsAgo) {}
}
