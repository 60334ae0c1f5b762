package dev.tunefleet.coordinator.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.wire.Json;
import dev.tunefleet.coordinator.stream.Trainer;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class RestTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ROWS = "date,births\n2000-01-01,1\n";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Loop loop;

    @TestHTTPResource("/")
    URI server;

    RestTest(Loop loop) {
        this.loop = loop;
    }

    @Test
    void theSameDataSetIsStoredOnceUnderItsDigest() throws Exception {
        Answer first = post("/datasets", ROWS);
        Answer second = post("/datasets", ROWS);

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.text("key")).isEqualTo("datasets/" + first.text("sha256") + ".csv");
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void aDataSetBeyondTheLimitIsRefused() throws Exception {
        Answer answer = post("/datasets", "x".repeat(1001));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text("detail")).contains("1000 bytes");
    }

    @Test
    void aStudyIsCreatedOnceAndUnchangedAfterwards() throws Exception {
        String spec = spec("created", 10);

        assertThat(post("/studies", spec).status()).isEqualTo(201);
        Answer again = post("/studies", spec);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("state")).isEqualTo("RUNNING");
        assertThat(again.body().at("/counts/QUEUED").asInt()).isEqualTo(1);
        assertThat(again.body().at("/spec/budget/trials").asInt()).isEqualTo(10);
        assertThat(again.body().has("best")).isFalse();
    }

    @Test
    void aLargerBudgetExtendsAndAnotherDifferenceIsAConflict() throws Exception {
        post("/studies", spec("extended", 10));

        Answer extended = post("/studies", spec("extended", 20));
        Answer differs = post("/studies", spec("extended", 20).replace("\"seed\":42", "\"seed\":43"));

        assertThat(extended.status()).isEqualTo(200);
        assertThat(extended.body().path("requested").asInt()).isEqualTo(20);
        assertThat(differs.status()).isEqualTo(409);
        assertThat(differs.type()).isEqualTo("application/problem+json");
        assertThat(differs.text("detail")).contains("42").contains("43");
    }

    @Test
    void aWrongStudyIsRefusedInTheWordsOfItsRule() throws Exception {
        Answer answer = post("/studies", spec("wrong", 10).replace("\"epochs\":9", "\"epochs\":0"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).isEqualTo("The budget.epochs (0) of a study must be at least 1.");
    }

    @Test
    void aStudyWithoutItsDataSetIsRefused() throws Exception {
        Answer answer = post("/studies", Json.MAPPER.writeValueAsString(Specs.aStudySpec()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).contains("datasets/births.csv");
    }

    @Test
    void whatIsNotThereIsAProblemThatSaysSo() throws Exception {
        for (String path :
                List.of("/studies/none", "/studies/none/trials", "/studies/none/events", "/blobs/datasets/x")) {
            Answer answer = get(path);

            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.type()).isEqualTo("application/problem+json");
        }
    }

    @Test
    void aRequestUnderTheSameKeyIsCarriedOutOnce() throws Exception {
        post("/studies", spec("keyed", 10));
        String configuration = "{\"configuration\":{\"learningRate\":0.002,\"layers\":1,\"units\":60,"
                + "\"sequenceLength\":20,\"dropout\":0.2,\"batchSize\":32,\"l2\":\"off\"}}";

        Answer first = post("/studies/keyed/trials", configuration, "key-1");
        Answer second = post("/studies/keyed/trials", configuration, "key-1");

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(200);
        assertThat(get("/studies/keyed/trials").body().path("total").asInt()).isEqualTo(2);
    }

    @Test
    void aKeyThatWasUsedForAnotherRequestIsRefused() throws Exception {
        post("/studies", spec("rekeyed", 10));

        Answer paused = post("/studies/rekeyed/pause", "", "key-2");
        Answer resumed = post("/studies/rekeyed/resume", "", "key-2");

        assertThat(paused.status()).isEqualTo(200);
        assertThat(resumed.status()).isEqualTo(422);
        assertThat(resumed.text("detail")).contains("key-2");
        assertThat(get("/studies/rekeyed").text("state")).isEqualTo("PAUSED");
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() throws Exception {
        String longest = " ".repeat(256 << 10);

        Answer study = post("/studies", longest + "x");

        assertThat(study.status()).isEqualTo(413);
        assertThat(study.type()).isEqualTo("application/problem+json");
        assertThat(post("/studies", longest).status()).isEqualTo(400);
    }

    @Test
    void moreEnqueuedConfigurationsThanTrialsAreRefused() throws Exception {
        String one = "{\"learningRate\":0.002,\"layers\":1,\"units\":60,"
                + "\"sequenceLength\":20,\"dropout\":0.2,\"batchSize\":32,\"l2\":\"off\"}";
        String two = "\"enqueued\":[" + one + "," + one.replace("60", "61") + "]";

        Answer answer = post("/studies", spec("crowded", 1).replace("\"enqueued\":[]", two));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).contains("2 configurations").contains("budget.trials (1)");
    }

    @Test
    void aStudyIsPausedAndResumed() throws Exception {
        post("/studies", spec("paused", 10));

        assertThat(post("/studies/paused/pause", "").text("state")).isEqualTo("PAUSED");
        assertThat(post("/studies/paused/resume", "").text("state")).isEqualTo("RUNNING");
    }

    @Test
    void aFinishedStudyShowsItsWinnerAndEndsItsFeed() throws Exception {
        post("/studies", spec("finished", 4));
        loop.with(bench -> {
            new Trainer(bench).runAll(1);
            return bench;
        });

        Answer study = get("/studies/finished");
        Answer trial = get("/studies/finished/trials/0");
        String feed =
                send(HttpRequest.newBuilder(uri("/studies/finished/events"))).body();

        assertThat(study.text("state")).isEqualTo("COMPLETED");
        assertThat(study.body().at("/best/trial").asInt()).isZero();
        assertThat(study.body().at("/best/configuration/l2").asText()).isEqualTo("off");
        assertThat(study.body().at("/test/baselines/0/name").asText()).isEqualTo("persistence");
        assertThat(trial.body().path("curve")).hasSize(9);
        assertThat(trial.body().at("/verdicts/0/finding").asText()).isEqualTo("UNDERFIT");
        assertThat(study.body().path("advice").isArray()).isTrue();
        assertThat(feed).contains("event:study").contains("event:end");
    }

    @Test
    void whatTheResultsSayOfParametersAndTradeOffsIsShown() throws Exception {
        post("/studies", spec("understood", 8));
        JsonNode before = get("/studies/understood/importance").body();
        loop.with(bench -> {
            new Trainer(bench).runAll(1);
            return bench;
        });

        JsonNode importance = get("/studies/understood/importance").body();
        JsonNode front = get("/studies/understood/pareto").body();

        assertThat(before.path("parameters")).isEmpty();
        assertThat(importance.path("results").asInt()).isPositive();
        assertThat(importance.path("parameters")).hasSizeGreaterThan(4);
        assertThat(importance.at("/parameters/0/total").asDouble()).isBetween(0.0, 1.0);
        assertThat(front.at("/objectives/0").asText()).isEqualTo("MSE");
        assertThat(front.path("trials")).hasSize(1);
        assertThat(front.at("/trials/0/values/0").asDouble()).isPositive();
        assertThat(get("/studies/none/importance").status()).isEqualTo(404);
        assertThat(get("/studies/none/pareto").status()).isEqualTo(404);
    }

    @Test
    void aDeletedStudyIsGone() throws Exception {
        post("/studies", spec("deleted", 4));

        HttpResponse<String> deleted =
                send(HttpRequest.newBuilder(uri("/studies/deleted")).DELETE());

        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(get("/studies/deleted").status()).isEqualTo(404);
    }

    @Test
    void anUpgradeToHttp2IsNotTaken() throws Exception {
        try (HttpClient upgrading =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            HttpResponse<String> answer = upgrading.send(
                    HttpRequest.newBuilder(uri("/studies")).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        }
    }

    @Test
    void thePagesOfDocumentationAndMetricsAreServed() throws Exception {
        assertThat(send(HttpRequest.newBuilder(server.resolve("/q/openapi"))).body())
                .contains("/api/v1/studies/{id}/events");
        assertThat(send(HttpRequest.newBuilder(server.resolve("/q/metrics"))).body())
                .contains("tunefleet_queue_trials")
                .contains("tunefleet_decision_seconds");
    }

    private String spec(String name, int trials) throws IOException, InterruptedException {
        String key = post("/datasets", ROWS).text("key");
        StudySpec births = Specs.aStudySpec();
        Budget budget = births.budget();
        StudySpec spec = new StudySpec(
                name,
                births.task(),
                births.data().withUri(key),
                births.split(),
                births.metric(),
                new Budget(
                        trials,
                        Optional.empty(),
                        budget.epochs(),
                        OptionalInt.of(1),
                        budget.target(),
                        budget.patience(),
                        budget.failures()),
                births.training(),
                births.space(),
                births.search());
        return Json.MAPPER.writeValueAsString(spec);
    }

    private Answer get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(uri(path)));
    }

    private Answer post(String path, String body) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer post(String path, String body, String key) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(uri(path))
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request);
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", ""),
                Json.MAPPER.readTree(response.body()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(
                request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private URI uri(String path) {
        return server.resolve("/api/v1" + path);
    }

    private record Answer(int status, String type, JsonNode body) {
        String text(String field) {
            return body.path(field).asText();
        }
    }
}
