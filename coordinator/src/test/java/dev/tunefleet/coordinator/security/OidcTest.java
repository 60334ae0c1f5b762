package dev.tunefleet.coordinator.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The REST interface behind an issuer of tokens and a folder of others. */
@QuarkusTest
@WithTestResource(OidcTest.WithIssuer.class)
class OidcTest {

    private static final String IN_A_FOLDER = "a-token-that-stands-in-a-file";

    private final HttpClient client = HttpClient.newHttpClient();

    @TestHTTPResource("/api/v1/")
    URI api;

    private Issuer issuer;

    @Test
    void aRequestWithABodyPassesWithARoleThatSuffices() throws Exception {
        String rows = "date,births\n" + "2000-01-01,1\n".repeat(70);

        assertThat(post(issuer.token("tunefleet-operate"), rows)).isEqualTo(201);
        assertThat(post(issuer.token("tunefleet-view"), rows)).isEqualTo(403);
        assertThat(post(issuer.token("strangers"), rows)).isEqualTo(401);
    }

    @Test
    void reportsAreForWhoMayLook() throws Exception {
        assertThat(get(issuer.token("tunefleet-view"))).isEqualTo(200);
        assertThat(get("a.b.c")).isEqualTo(401);
    }

    @Test
    void tokensInAFolderHoldBesideIt() throws Exception {
        assertThat(get(IN_A_FOLDER)).isEqualTo(200);
        assertThat(post(IN_A_FOLDER, "x")).isEqualTo(403);
    }

    private int get(String token) throws IOException, InterruptedException {
        return status(HttpRequest.newBuilder(api.resolve("studies")), token);
    }

    private int post(String token, String body) throws IOException, InterruptedException {
        return status(
                HttpRequest.newBuilder(api.resolve("datasets")).POST(HttpRequest.BodyPublishers.ofString(body)), token);
    }

    private int status(HttpRequest.Builder request, String token) throws IOException, InterruptedException {
        return client.send(
                        request.header("Authorization", "Bearer " + token).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Has an issuer beside the coordinator. */
    public static final class WithIssuer implements QuarkusTestResourceLifecycleManager {

        private Issuer issuer;
        private Path folder;

        @Override
        public Map<String, String> start() {
            try {
                issuer = Issuer.start();
                folder = Files.createTempDirectory("tokens");
                Files.writeString(folder.resolve("view"), IN_A_FOLDER);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (JoseException failure) {
                throw new IllegalStateException(failure);
            }
            return Map.of(
                    "tunefleet.api.tokens",
                    folder.toString(),
                    "tunefleet.api.oidc.issuer",
                    issuer.address(),
                    "tunefleet.api.oidc.audience",
                    Issuer.AUDIENCE);
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(issuer, field -> field.getType() == Issuer.class);
        }

        @Override
        public void stop() {
            issuer.close();
            try {
                Files.delete(folder.resolve("view"));
                Files.delete(folder);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
