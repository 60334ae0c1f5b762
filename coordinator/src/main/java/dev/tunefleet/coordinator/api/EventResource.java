package dev.tunefleet.coordinator.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.view.ReadModel;
import dev.tunefleet.coordinator.view.StudyShown;

/** The live feed of a study as server-sent events: {@code study}, {@code trial}, and {@code end} when it is over. */
@Path("/api/v1/studies/{id}/events")
@Tag(name = "studies")
public class EventResource {

    private static final Duration EVERY = Duration.ofMillis(200);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final ReadModel model;
    private final KnownStudies studies;
    private final LiveFeed feed;
    private final ObjectMapper json;

    EventResource(ReadModel model, KnownStudies studies, LiveFeed feed, ObjectMapper json) {
        this.model = model;
        this.studies = studies;
        this.feed = feed;
        this.json = json;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Follows a study as server-sent events",
            description = "study: the study, at once and after each change, at most five times a second; trial: a trial"
                    + " without its curve, after each change; end: the study is over, nothing more follows.")
    public Multi<OutboundSseEvent> follow(@PathParam("id") String name, @Context Sse sse) {
        StudyId id = studies.id(name);
        LiveFeed.Watch watch = feed.watch(id);
        return Multi.createFrom()
                .ticks()
                .every(EVERY)
                .onOverflow()
                .drop()
                .onItem()
                .transformToMultiAndConcatenate(tick -> Multi.createFrom().iterable(events(id, watch, tick, sse)))
                .select()
                .first(Optional::isPresent)
                .map(Optional::get)
                .onTermination()
                .invoke(() -> feed.end(watch));
    }

    /** What a watcher is told at a tick; an empty one ends the feed. */
    private List<Optional<OutboundSseEvent>> events(StudyId id, LiveFeed.Watch watch, long tick, Sse sse) {
        var events = new ArrayList<Optional<OutboundSseEvent>>();
        LiveFeed.News news = watch.take();
        Optional<StudyShown> study = model.study(id);
        boolean over = study.map(shown -> Views.state(shown.study()).ended()).orElse(true);
        if (news.changed()) {
            for (int number : news.trials()) {
                model.trial(id, number).ifPresent(trial -> events.add(event(sse, "trial", Views.trial(trial))));
            }
            study.ifPresent(shown -> events.add(event(sse, "study", Views.whole(shown))));
        }
        if (over) {
            events.add(Optional.of(sse.newEventBuilder().name("end").data("{}").build()));
            events.add(Optional.empty());
        } else if (tick > 0 && tick % (HEARTBEAT.toMillis() / EVERY.toMillis()) == 0) {
            events.add(Optional.of(sse.newEventBuilder().comment("alive").build()));
        }
        return events;
    }

    private Optional<OutboundSseEvent> event(Sse sse, String name, Object view) {
        try {
            return Optional.of(sse.newEventBuilder()
                    .name(name)
                    .data(json.writeValueAsString(view))
                    .build());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A view must be writable as JSON: " + view, impossible);
        }
    }
}
