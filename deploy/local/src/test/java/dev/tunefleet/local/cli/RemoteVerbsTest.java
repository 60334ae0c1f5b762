package dev.tunefleet.local.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.studyfile.StudyFile;
import dev.tunefleet.common.wire.Json;

import static org.assertj.core.api.Assertions.assertThat;

/** The verbs that change what a running fleet does, against a server that says yes to everything it knows. */
class RemoteVerbsTest {

    private static final StudySpec BIRTHS = Specs.aStudySpec();

    private record Sent(String what, String body) {}

    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void submitUploadsTheDataAndBeginsTheStudyOnIt() throws IOException {
        Files.createDirectories(folder.resolve("datasets"));
        Files.writeString(folder.resolve(BIRTHS.data().uri()), "date,births\n");
        Files.writeString(folder.resolve("study.yaml"), StudyFile.write(BIRTHS));

        int code = run("submit", folder.resolve("study.yaml").toString());

        assertThat(code).isZero();
        assertThat(sent).extracting(Sent::what).containsExactly("POST /api/v1/datasets", "POST /api/v1/studies");
        assertThat(body(1).at("/data/uri").asText()).isEqualTo("datasets/stored.csv");
        assertThat(printed()).startsWith("The study births is RUNNING.").contains("watch births");
    }

    @Test
    void submitOfAStudyWithoutItsDataIsAMistake() throws IOException {
        Files.writeString(folder.resolve("study.yaml"), StudyFile.write(BIRTHS));

        int code = run("submit", folder.resolve("study.yaml").toString());

        assertThat(code).isEqualTo(Exit.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("must exist");
        assertThat(sent).isEmpty();
    }

    @Test
    void extendAsksForTheSameStudyWithALargerBudget() throws IOException {
        int code = run("extend", "births", "--trials", "77", "--time", "2h");

        StudySpec asked = Json.MAPPER.treeToValue(body(1), StudySpec.class);
        assertThat(code).isZero();
        assertThat(asked.budget().trials()).isEqualTo(77);
        assertThat(asked.budget().time()).contains(Duration.ofHours(2));
        assertThat(asked.budget().epochs()).isEqualTo(BIRTHS.budget().epochs());
        assertThat(asked.withBudget(BIRTHS.budget())).isEqualTo(BIRTHS);
    }

    @Test
    void extendWithoutABudgetOrWithAnUnreadableOneIsAMistake() {
        assertThat(run("extend", "births")).isEqualTo(Exit.USAGE);
        assertThat(run("extend", "births", "--time", "soon")).isEqualTo(Exit.USAGE);
        assertThat(sent).isEmpty();
    }

    @Test
    void enqueueFillsUpWithTheGuidesStartValues() throws IOException {
        int code = run("enqueue", "births", "units=120", "l2=off");

        JsonNode configuration = body(1).path("configuration");
        assertThat(code).isZero();
        assertThat(sent.get(1).what()).isEqualTo("POST /api/v1/studies/births/trials");
        assertThat(configuration.path("units").asInt()).isEqualTo(120);
        assertThat(configuration.path("l2").asText()).isEqualTo("off");
        assertThat(configuration.size()).isEqualTo(BIRTHS.space().parameters().size());
    }

    @Test
    void enqueueOutsideOfTheSpaceIsAMistake() {
        assertThat(run("enqueue", "births", "units=-1")).isEqualTo(Exit.USAGE);
        assertThat(run("enqueue", "births", "colour=blue")).isEqualTo(Exit.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("units").contains("colour");
        assertThat(sent).extracting(Sent::what).allMatch(what -> what.startsWith("GET"));
    }

    @Test
    void deleteSaysThatTheStudyIsGone() {
        int code = run("delete", "births");

        assertThat(code).isZero();
        assertThat(sent).extracting(Sent::what).containsExactly("DELETE /api/v1/studies/births");
        assertThat(printed()).isEqualTo("The study births is deleted.");
    }

    @Test
    void aRefusalIsTheExitCodeOfRefusals() {
        assertThat(run("delete", "none")).isEqualTo(Exit.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("There is no study none.");
    }

    @Test
    void programsAreAnsweredInJson() throws IOException {
        run("pause", "births", "--format", "json");

        assertThat(Json.MAPPER.readTree(printed()).path("state").asText()).isEqualTo("RUNNING");
    }

    private int run(String... arguments) {
        var line = new ArrayList<>(List.of(arguments));
        line.add(1, "--server=http://127.0.0.1:" + server.getAddress().getPort());
        var screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                80);
        return Program.run(screen, line.toArray(String[]::new));
    }

    private JsonNode body(int index) throws IOException {
        return Json.MAPPER.readTree(sent.get(index).body());
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        sent.add(new Sent(what, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        boolean known = !what.contains("none");
        byte[] body = reply(what).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? 200 : 404, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String reply(String what) {
        if (what.contains("none")) {
            return "{\"detail\":\"There is no study none.\"}";
        }
        if (what.endsWith("/datasets")) {
            return "{\"key\":\"datasets/stored.csv\"}";
        }
        ObjectNode study = Json.MAPPER.valueToTree(Views.aStudy("RUNNING", Map.of(), 1, 1));
        study.set("spec", Json.MAPPER.valueToTree(BIRTHS));
        return study.toString();
    }
}
