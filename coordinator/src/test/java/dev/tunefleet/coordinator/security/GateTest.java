package dev.tunefleet.coordinator.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GateTest {

    private static final String VIEWER = "a-token-to-look-with";
    private static final String OPERATOR = "a-token-to-work-with";
    private static final String ADMINISTRATOR = "a-token-for-everything";

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong();
    private Gate gate;

    @BeforeEach
    void writeTokens() throws IOException {
        Files.writeString(folder.resolve("view"), VIEWER);
        Files.writeString(folder.resolve("operate"), "an-older-token-to-work-with\n\n" + OPERATOR + "\n");
        Files.writeString(folder.resolve("admin"), ADMINISTRATOR);
        gate = new Gate(Optional.of(new FreshTokens(folder, now::get)));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, a-token-to-look-with, 0",
        "HEAD, a-token-to-look-with, 0",
        "POST, a-token-to-look-with, 403",
        "DELETE, a-token-to-look-with, 403",
        "GET, a-token-to-work-with, 0",
        "POST, a-token-to-work-with, 0",
        "PUT, an-older-token-to-work-with, 0",
        "DELETE, a-token-to-work-with, 403",
        "DELETE, a-token-for-everything, 0",
        "GET, a-token-of-somebody, 401",
        "GET, '', 401",
    })
    void aRoleMayDoWhatItIsFor(String method, String token, int status) {
        Verdict verdict = gate.judge(asked(method, "/api/v1/studies", "Bearer " + token));

        assertThat(statusOf(verdict)).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Bearer", "Bearer ", "Basic %%%", "Basic bm9jb2xvbg==", "Digest x", ""})
    void aHeaderThatSaysNothingIsNoToken(String header) {
        assertThat(statusOf(gate.judge(asked("GET", "/api/v1/studies", header))))
                .isEqualTo(401);
        assertThat(statusOf(gate.judge(asked("GET", "/api/v1/studies", null)))).isEqualTo(401);
    }

    @Test
    void aBrowserSendsTheTokenAsAPassword() {
        String pair = Base64.getEncoder().encodeToString(("anyone:" + OPERATOR).getBytes(StandardCharsets.UTF_8));

        Verdict verdict = gate.judge(asked("POST", "/api/v1/studies", "Basic " + pair));

        assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/ready", "/q/metrics", "/", "/index.html", "/studies/births"})
    void pagesHealthAndMetricsNeedNoToken(String path) {
        assertThat(gate.judge(asked("GET", path, null))).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void aChangeFromAnotherSitesPageIsRefusedEvenWithTheBrowsersToken() {
        var asked = new Gate.Asked(
                "POST", "/api/v1/studies", "Bearer " + ADMINISTRATOR, "tunefleet:8080", "https://elsewhere.example");

        assertThat(statusOf(gate.judge(asked))).isEqualTo(403);
    }

    @Test
    void theCoordinatorsOwnPageMayChange() {
        var asked = new Gate.Asked(
                "POST", "/api/v1/studies", "Bearer " + OPERATOR, "tunefleet:8080", "http://tunefleet:8080");

        assertThat(gate.judge(asked)).isInstanceOf(Verdict.Pass.class);
    }

    @ParameterizedTest
    @CsvSource({"localhost:8080, 0", "127.0.0.1:31000, 0", "[::1]:8080, 0", "evil.example:8080, 403", ", 403"})
    void withoutTokensOnlyThisMachineIsServed(String host, int status) {
        var open = new Gate(Optional.empty());

        assertThat(statusOf(open.judge(new Gate.Asked("GET", "/api/v1/studies", null, host, null))))
                .isEqualTo(status);
    }

    @Test
    void anExchangedTokenIsNoticedWithoutARestart() throws IOException {
        Files.writeString(folder.resolve("view"), "a-token-of-the-new-month");

        now.addAndGet(11_000_000_000L);

        assertThat(statusOf(gate.judge(asked("GET", "/api/v1/studies", "Bearer a-token-of-the-new-month"))))
                .isZero();
        assertThat(statusOf(gate.judge(asked("GET", "/api/v1/studies", "Bearer " + VIEWER))))
                .isEqualTo(401);
    }

    @Test
    void tokensThatVanishForAMomentStayValid() throws IOException {
        Files.delete(folder.resolve("view"));
        Files.delete(folder.resolve("operate"));
        Files.delete(folder.resolve("admin"));

        now.addAndGet(11_000_000_000L);

        assertThat(statusOf(gate.judge(asked("GET", "/api/v1/studies", "Bearer " + VIEWER))))
                .isZero();
    }

    @Test
    void aTokenThatCouldBeGuessedIsRefusedAtTheStart(@TempDir Path weak) throws IOException {
        Files.writeString(weak.resolve("admin"), "secret");

        assertThatThrownBy(() -> new FreshTokens(weak, now::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have at least 16")
                .hasMessageNotContaining("secret)");
    }

    @Test
    void aFolderWithoutTokensIsRefusedAtTheStart(@TempDir Path empty) {
        assertThatThrownBy(() -> new FreshTokens(empty, now::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("view, operate and admin");
    }

    private static Gate.Asked asked(String method, String path, String authorization) {
        return new Gate.Asked(method, path, authorization, "tunefleet:8080", null);
    }

    private static int statusOf(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pass() -> 0;
            case Verdict.Refuse(int status, String detail) -> status;
        };
    }
}
