package dev.tunefleet.local.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.wire.Json;

/**
 * A client of one coordinator. Thread-safe.
 *
 * <p>Each method throws {@link RefusedException} when the coordinator says no and {@link UnreachableException} when none answers.
 */
public final class Coordinator {

    private static final String KEY = "Idempotency-Key";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PAGE = 500;

    private final URI server;
    private final Optional<String> token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** A client of the coordinator at {@code server}, for example {@code http://127.0.0.1:8080}. */
    public Coordinator(URI server) {
        this(server, Optional.empty());
    }

    /** A client that shows {@code token} to the coordinator at {@code server}. */
    public Coordinator(URI server, Optional<String> token) {
        this.token = token;
        String text = server.toString();
        this.server = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    public URI server() {
        return server;
    }

    /** Stores {@code file} as a dataset; returns the key to name it by. The same content has the same key. */
    public String uploadDataset(Path file) throws IOException, InterruptedException {
        HttpRequest request = request("/datasets")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofFile(file))
                .build();
        return json(send(request, BodyHandlers.ofByteArray())).path("key").asText();
    }

    /** Creates the study, or goes on with it when it exists and says the same. */
    public StudyView create(StudySpec spec) throws IOException, InterruptedException {
        return post("/studies", spec, spec.name());
    }

    public StudyView study(String id) throws IOException, InterruptedException {
        return Json.MAPPER.treeToValue(get(studyPath(id)), StudyView.class);
    }

    public List<StudyView> studies() throws IOException, InterruptedException {
        return pages("/studies", "studies", new TypeReference<>() {});
    }

    public List<TrialView> trials(String id) throws IOException, InterruptedException {
        return pages(studyPath(id) + "/trials", "trials", new TypeReference<>() {});
    }

    /** The trial with its curve. */
    public TrialView trial(String id, int number) throws IOException, InterruptedException {
        return Json.MAPPER.treeToValue(get(studyPath(id) + "/trials/" + number), TrialView.class);
    }

    public ImportanceView importance(String id) throws IOException, InterruptedException {
        return Json.MAPPER.treeToValue(get(studyPath(id) + "/importance"), ImportanceView.class);
    }

    public FrontView front(String id) throws IOException, InterruptedException {
        return Json.MAPPER.treeToValue(get(studyPath(id) + "/pareto"), FrontView.class);
    }

    /** What users may ask of a study. */
    public enum Wish {
        PAUSE("pause"),
        RESUME("resume"),
        STOP("stop");

        private final String path;

        Wish(String path) {
            this.path = path;
        }
    }

    public StudyView ask(String id, Wish wish) throws IOException, InterruptedException {
        HttpRequest request = request(studyPath(id) + "/" + wish.path)
                .header(KEY, UUID.randomUUID().toString())
                .POST(BodyPublishers.noBody())
                .build();
        return decided(request, id);
    }

    /** Has {@code configuration} tried before any suggestion. */
    public StudyView enqueue(String id, Configuration configuration) throws IOException, InterruptedException {
        return post(studyPath(id) + "/trials", Map.of("configuration", configuration), id);
    }

    /** Forgets the study and its trials. */
    public void delete(String id) throws IOException, InterruptedException {
        HttpRequest request = request(studyPath(id))
                .header(KEY, UUID.randomUUID().toString())
                .DELETE()
                .build();
        send(request, BodyHandlers.ofByteArray());
    }

    /** The answer to a GET of {@code path} below the API's base, as it came. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return json(send(request(path).GET().build(), BodyHandlers.ofByteArray()));
    }

    /** Stores the blob as {@code target}, which is whole or not there. */
    public void download(BlobRef blob, Path target) throws IOException, InterruptedException {
        Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        try {
            send(request("/blobs/" + blob.key()).GET().build(), BodyHandlers.ofFile(unfinished));
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** The live feed of a study; see {@link Feed}. */
    public Feed feed(String id) {
        return new Feed(
                http, authorised(HttpRequest.newBuilder(URI.create(server + "/api/v1" + studyPath(id) + "/events"))));
    }

    private StudyView post(String path, Object body, String id) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .header(KEY, UUID.randomUUID().toString())
                .POST(BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body)))
                .build();
        return decided(request, id);
    }

    private StudyView decided(HttpRequest request, String id) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(request, BodyHandlers.ofByteArray());
        // 202: accepted, but the decision took longer than the server waits; the request is never decided twice.
        return response.statusCode() == 202 ? study(id) : Json.MAPPER.treeToValue(json(response), StudyView.class);
    }

    private <T> List<T> pages(String path, String field, TypeReference<List<T>> type)
            throws IOException, InterruptedException {
        var all = new ArrayList<T>();
        while (true) {
            JsonNode page = get(path + "?offset=" + all.size() + "&limit=" + PAGE);
            List<T> part = Json.MAPPER.convertValue(page.path(field), type);
            all.addAll(part);
            if (part.isEmpty() || all.size() >= page.path("total").asInt()) {
                return all;
            }
        }
    }

    private static String studyPath(String id) {
        return "/studies/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        return authorised(HttpRequest.newBuilder(URI.create(server + "/api/v1" + path)))
                .timeout(PATIENCE);
    }

    private HttpRequest.Builder authorised(HttpRequest.Builder request) {
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws InterruptedException, IOException {
        HttpResponse<T> response;
        try {
            response = http.send(request, body);
        } catch (IOException failure) {
            throw new UnreachableException(server, failure);
        }
        if (response.statusCode() >= 300) {
            throw new RefusedException(response.statusCode(), detail(request, response));
        }
        return response;
    }

    private static String detail(HttpRequest request, HttpResponse<?> response) throws IOException {
        byte[] body =
                switch (response.body()) {
                    case byte[] bytes -> bytes;
                    case Path file -> Files.readAllBytes(file);
                    default -> new byte[0];
                };
        String otherwise = "The server answered " + request.method() + " "
                + request.uri().getPath() + " with status " + response.statusCode() + ".";
        try {
            JsonNode problem = Json.MAPPER.readTree(body);
            String title = problem.path("title").asText("");
            return problem.path("detail").asText(title.isEmpty() ? otherwise : title);
        } catch (JsonProcessingException noProblemDetail) {
            return otherwise;
        }
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return Json.MAPPER.readTree(response.body());
    }
}
