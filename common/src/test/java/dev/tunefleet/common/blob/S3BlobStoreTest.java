package dev.tunefleet.common.blob;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.trial.BlobRef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How the store meets a server that fails, told apart by what that server was asked. */
class S3BlobStoreTest {

    private static final byte[] CONTENT = "some content".getBytes(StandardCharsets.UTF_8);
    private static final BlobRef REF = new BlobRef("datasets/a", Sha256.of(CONTENT), CONTENT.length);

    private final AtomicInteger requests = new AtomicInteger();
    private volatile int failures;
    private volatile int failure = 503;
    private volatile int broken;
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            int request = requests.incrementAndGet();
            boolean fails = request <= failures;
            exchange.sendResponseHeaders(fails ? failure : 200, fails ? -1 : CONTENT.length);
            if (!fails) {
                exchange.getResponseBody().write(CONTENT, 0, request <= broken ? CONTENT.length / 2 : CONTENT.length);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void aServerWithoutRoomIsFullAndNotAway() {
        failures = Integer.MAX_VALUE;
        failure = 507;

        assertThatThrownBy(() -> store().put("checkpoints/a", CONTENT))
                .isInstanceOf(StoreFullException.class)
                .hasMessageContaining("must have room for blob checkpoints/a");
    }

    @Test
    void aServerThatDoesNotLetUsStoreForbidsAndIsNotAway() {
        failures = Integer.MAX_VALUE;
        failure = 403;

        assertThatThrownBy(() -> store().put("checkpoints/a", CONTENT))
                .isInstanceOf(StoreForbidsException.class)
                .hasMessageContaining("must let this process store blob checkpoints/a")
                .hasMessageContaining("403");
        assertThat(requests).hasValue(1);
    }

    @Test
    void aServerThatFailsForAMomentIsAskedAgain() throws IOException {
        failures = 2;

        byte[] content = store().get(REF);

        assertThat(content).isEqualTo(CONTENT);
        assertThat(requests).hasValue(3);
    }

    @Test
    void aServerThatKeepsFailingIsGivenUpAfterFiveAttempts() {
        failures = Integer.MAX_VALUE;

        assertThatThrownBy(() -> store().get(REF))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("datasets/a")
                .hasMessageContaining("bucket tunefleet");
        assertThat(requests).hasValue(5);
    }

    @Test
    void contentThatBreaksOffIsReadAgain() throws IOException {
        broken = 2;

        assertThat(store().describe("datasets/a")).isEqualTo(REF);
        assertThat(requests).hasValue(3);
    }

    @Test
    void contentThatIsNotWhatWasStoredIsNoticed() {
        BlobRef other = new BlobRef("datasets/a", Sha256.of(new byte[] {1}), 1);

        assertThatThrownBy(() -> store().get(other)).isInstanceOf(DigestMismatchException.class);
    }

    private BlobStore store() {
        return BlobStore.at(URI.create("s3://tunefleet/p?endpoint=http://127.0.0.1:"
                + server.getAddress().getPort()));
    }
}
