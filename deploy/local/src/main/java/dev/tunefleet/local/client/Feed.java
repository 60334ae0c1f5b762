package dev.tunefleet.local.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.stream.Stream;

import dev.tunefleet.common.wire.Json;

/** The live feed of one study: server-sent events (WHATWG HTML, section 9.2), read by the thread that follows it. */
public final class Feed {

    private final HttpClient http;
    private final HttpRequest request;

    /** @param request where the feed is, and what lets one read it */
    Feed(HttpClient http, HttpRequest.Builder request) {
        this.http = http;
        this.request = request.header("Accept", "text/event-stream").GET().build();
    }

    /** Hears what changes, each on the thread that follows the feed. */
    public interface Listener {
        void onStudy(StudyView study);

        void onTrial(TrialView trial);
    }

    /**
     * Follows the feed until the study ends or the connection does.
     *
     * @return whether the study ended
     * @throws RefusedException when the study is unknown
     */
    public boolean follow(Listener listener) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() >= 300) {
                throw new RefusedException(
                        response.statusCode(),
                        "The live feed " + request.uri() + " answered " + response.statusCode() + ".");
            }
            return read(lines.iterator(), listener);
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }

    static boolean read(Iterator<String> lines, Listener listener) throws IOException {
        String event = "";
        var data = new StringBuilder();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.isEmpty()) {
                if (event.equals("end")) {
                    return true;
                }
                dispatch(event, data.toString(), listener);
                event = "";
                data.setLength(0);
            } else if (line.startsWith("event:")) {
                event = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n")
                        .append(line.substring("data:".length()).strip());
            }
        }
        return event.equals("end");
    }

    private static void dispatch(String event, String data, Listener listener) throws IOException {
        switch (event) {
            case "study" -> listener.onStudy(Json.MAPPER.readValue(data, StudyView.class));
            case "trial" -> listener.onTrial(Json.MAPPER.readValue(data, TrialView.class));
            default -> {
                // a heartbeat, or an event of a newer server
            }
        }
    }
}
