package dev.tunefleet.local.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.wire.Json;

import static org.assertj.core.api.Assertions.assertThat;

/** The verbs that say what a study has found out, against a server that knows a few studies. */
class InsightVerbsTest {

    private static final String PATH = "/api/v1/studies/";
    private static final Map<String, String> ANSWERS = Map.of(
            PATH + "births/importance", """
                    {"results": 16, "judged": 8, "agreement": 0.714, "coverage": 0.875, "rungs": {"10": 0.81, "3": 0.6},
                     "parameters": [{"name": "learningRate", "alone": 0.62, "total": 0.71},
                                    {"name": "units", "alone": 0.08, "total": 0.2}]}""",
            PATH + "halved/importance", """
                    {"results": 9, "judged": 2, "rungs": {},
                     "parameters": [{"name": "learningRate", "alone": 0.62, "total": 0.71}]}""",
            PATH + "young/importance", """
                    {"results": 0, "parameters": [], "rungs": {}}""",
            PATH + "births/pareto", """
                    {"objectives": ["MSE", "TRAINING_SECONDS", "PARAMETERS"],
                     "trials": [{"trial": 3, "values": [0.0212345, 12.5, 65432.0],
                                 "configuration": {"units": 100, "learningRate": 0.0012345, "l2": "off"}},
                                {"trial": 9, "values": [0.0301, 1.25, 999.0],
                                 "configuration": {"units": 10, "learningRate": 0.005, "l2": 0.001}}]}""",
            PATH + "young/pareto", """
                    {"objectives": ["MSE"], "trials": []}""");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", InsightVerbsTest::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void importanceShowsSharesAndHowFarTheModelMayBeTrusted() {
        int code = run("importance", "births");

        assertThat(code).isZero();
        assertThat(printed()).isEqualTo("""
                        parameter     alone  with the others
                        learningRate   62 %             71 %
                        units           8 %             20 %

                        Told the results of all configurations but one, the model ranks that one with correlation 0.71, and 88 % lie in its 90 % intervals (judged by 8 fully trained trials of 16 with results).
                        Results after 3 epochs rank those at the highest rung reached with correlation 0.60.
                        Results after 10 epochs rank those at the highest rung reached with correlation 0.81.""");
    }

    @Test
    void withTooFewFullyTrainedTrialsImportanceSaysWhatIsMissing() {
        int code = run("importance", "halved");

        assertThat(code).isZero();
        assertThat(printed())
                .endsWith(
                        "How far the model may be trusted is known once three trials are fully trained; of 9 with results, 2 are.")
                .doesNotContain("correlation");
    }

    @Test
    void importanceOfAStudyWithTooFewResultsIsRefusedWithTheRule() {
        assertThat(run("importance", "young")).isEqualTo(Exit.REFUSED);
        assertThat(complaint()).contains("The study (young) must have five results");
        assertThat(printed()).isEmpty();
    }

    @Test
    void paretoListsTheFrontByTheNamesOfTheStudyFile() {
        int code = run("pareto", "births");

        assertThat(code).isZero();
        assertThat(printed()).isEqualTo("""
                        trial      mse  trainingSeconds  parameters  l2     learningRate  units
                        3      0.02123             12.5       65432  off        0.001235    100
                        9       0.0301             1.25         999  0.001         0.005     10""");
    }

    @Test
    void aStudyWithoutAFullyTrainedTrialHasNoFront() {
        assertThat(run("pareto", "young")).isEqualTo(Exit.REFUSED);
        assertThat(complaint()).contains("The study (young) must have a fully trained trial");
    }

    @Test
    void programsAndSpreadsheetsGetEveryDigit() throws IOException {
        run("pareto", "births", "--format", "csv");
        String csv = printed();
        out.reset();
        run("importance", "births", "--format", "json");

        assertThat(csv.lines().findFirst()).contains("trial,mse,trainingSeconds,parameters,l2,learningRate,units");
        assertThat(csv).contains("3,0.0212345,12.5,65432,off,0.0012345,100");
        assertThat(Json.MAPPER.readTree(printed()).at("/parameters/0/alone").asDouble())
                .isEqualTo(0.62);
    }

    @Test
    void aStudyThatDoesNotExistIsRefusedInTheServersWords() {
        assertThat(run("importance", "none")).isEqualTo(Exit.REFUSED);
        assertThat(run("pareto", "none")).isEqualTo(Exit.REFUSED);
        assertThat(complaint()).contains("There is no study none.");
    }

    private int run(String verb, String... arguments) {
        var line = new ArrayList<>(
                List.of(verb, "--server=http://127.0.0.1:" + server.getAddress().getPort()));
        line.addAll(List.of(arguments));
        var screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                80);
        return Program.run(screen, line.toArray(String[]::new));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private String complaint() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String known = ANSWERS.get(exchange.getRequestURI().getPath());
        String text = known == null ? "{\"detail\":\"There is no study none.\"}" : known;
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
