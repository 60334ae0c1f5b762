package dev.tunefleet.local.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.trial.BlobRef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CoordinatorTest {

    private static final String STUDY =
            "{\"id\":\"births\",\"state\":\"RUNNING\",\"secondsRunning\":0,\"requested\":10,"
                    + "\"counts\":{},\"epochs\":0,\"novelty\":1}";

    private record Reply(int status, String body) {}

    private final Map<String, Reply> replies = new HashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Coordinator coordinator;

    @TempDir
    Path folder;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        coordinator = new Coordinator(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void trialsInAListHaveNoCurve() throws Exception {
        replies.put(
                "GET /api/v1/studies/births/trials?offset=0&limit=500",
                new Reply(
                        200,
                        "{\"total\":1,\"trials\":[{\"number\":0,\"state\":\"WAITING\",\"configuration\":{},"
                                + "\"attempts\":0,\"epoch\":0,\"epochs\":3}]}"));

        List<TrialView> trials = coordinator.trials("births");

        assertThat(trials).singleElement().satisfies(trial -> assertThat(trial.curve())
                .isEmpty());
    }

    @Test
    void aStudyIsCreatedAndSeen() throws Exception {
        replies.put("POST /api/v1/studies", new Reply(201, STUDY));

        StudyView view = coordinator.create(Specs.aStudySpec());

        assertThat(view.id()).isEqualTo("births");
        assertThat(view.best()).isEmpty();
        assertThat(requests).singleElement().asString().contains("\"name\":\"births\"");
    }

    @Test
    void aDecisionThatTakesLongIsLookedUp() throws Exception {
        replies.put("POST /api/v1/studies", new Reply(202, "{\"requestId\":\"x\"}"));
        replies.put("GET /api/v1/studies/births", new Reply(200, STUDY));

        assertThat(coordinator.create(Specs.aStudySpec()).id()).isEqualTo("births");
    }

    @Test
    void aRefusalSaysWhatTheServerSaid() {
        replies.put(
                "POST /api/v1/studies",
                new Reply(409, "{\"title\":\"Conflict\",\"status\":409,\"detail\":\"budget.epochs was 9, is 3\"}"));

        assertThatThrownBy(() -> coordinator.create(Specs.aStudySpec()))
                .isInstanceOf(RefusedException.class)
                .hasMessage("budget.epochs was 9, is 3")
                .extracting(refusal -> ((RefusedException) refusal).status())
                .isEqualTo(409);
    }

    @Test
    void aRefusalWithoutAReasonStillSaysWhatWasAsked() {
        replies.put("GET /api/v1/studies/births", new Reply(500, "<html>oops</html>"));

        assertThatThrownBy(() -> coordinator.study("births"))
                .hasMessage("The server answered GET /api/v1/studies/births with status 500.");
    }

    @Test
    void listsAreReadToTheirLastPage() throws Exception {
        replies.put(
                "GET /api/v1/studies?offset=0&limit=500", new Reply(200, "{\"total\":2,\"studies\":[" + STUDY + "]}"));
        replies.put(
                "GET /api/v1/studies?offset=1&limit=500", new Reply(200, "{\"total\":2,\"studies\":[" + STUDY + "]}"));

        assertThat(coordinator.studies()).hasSize(2);
    }

    @Test
    void aBlobIsWholeOrNotThere() throws Exception {
        replies.put("GET /api/v1/blobs/models/a.zip", new Reply(200, "model"));
        Path target = folder.resolve("model.zip");

        coordinator.download(new BlobRef("models/a.zip", "0".repeat(64), 5), target);
        assertThatThrownBy(() -> coordinator.download(
                        new BlobRef("models/b.zip", "0".repeat(64), 5), folder.resolve("other.zip")))
                .isInstanceOf(RefusedException.class);

        assertThat(Files.readString(target)).isEqualTo("model");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(target);
        }
    }

    @Test
    void aServerThatIsGoneIsNamed() {
        server.stop(0);

        assertThatThrownBy(() -> coordinator.studies())
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("http://127.0.0.1:");
    }

    @Test
    void aConfigurationIsSentAsItsTrial() throws Exception {
        replies.put("POST /api/v1/studies/births/trials", new Reply(200, STUDY));

        coordinator.enqueue("births", new Configuration(Map.of("units", Value.of(100), "l2", Value.off())));

        assertThat(requests).containsExactly("{\"configuration\":{\"l2\":\"off\",\"units\":100}}");
    }

    @Test
    void aDeletionNeedsNoAnswerAndMayBeRefused() throws Exception {
        replies.put("DELETE /api/v1/studies/births", new Reply(204, ""));

        coordinator.delete("births");

        assertThatThrownBy(() -> coordinator.delete("other")).isInstanceOf(RefusedException.class);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Reply reply = replies.getOrDefault(asked, new Reply(404, "{\"detail\":\"unknown: " + asked + "\"}"));
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
