package dev.tunefleet.common.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.trial.BlobRef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class S3BlobStoreIT extends BlobStoreContract {

    @TempDir
    static Path folder;

    private static S3Server server;

    private BlobStore store;

    @BeforeAll
    static void startServer() throws IOException {
        System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
        server = S3Server.start(folder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void openAtAPrefixOfItsOwn() {
        store = BlobStore.at(server.location("studies/" + UUID.randomUUID()));
    }

    @Override
    protected BlobStore store() {
        return store;
    }

    @Test
    void aFileOfManyMegabytesComesBack(@TempDir Path here) throws IOException {
        byte[] content = new byte[20 << 20];
        new Random(1).nextBytes(content);
        Path file = Files.write(here.resolve("model.bin"), content);

        BlobRef ref = store.put("models/large", file);

        assertThat(store.get(ref)).isEqualTo(content);
        assertThat(ref).isEqualTo(new BlobRef("models/large", Sha256.of(content), content.length));
    }

    @Test
    void listGoesBeyondOnePageOfTheServer() throws IOException {
        var uploads = IntStream.range(0, 1_050)
                .mapToObj(i -> CompletableFuture.runAsync(() -> putUnchecked("many/%04d".formatted(i))))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(uploads).join();

        assertThat(store.list("many/"))
                .hasSize(1_050)
                .isSorted()
                .startsWith("many/0000")
                .endsWith("many/1049");
    }

    @Test
    void storesAtDifferentPrefixesDoNotSeeEachOther() throws IOException {
        BlobStore other = BlobStore.at(server.location("studies/" + UUID.randomUUID()));
        BlobRef ref = store.put("datasets/a", "here".getBytes(StandardCharsets.UTF_8));

        assertThat(other.list("")).isEmpty();
        assertThatThrownBy(() -> other.get(ref)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aBucketThatIsNotThereIsNotTakenForAMissingBlob() {
        BlobStore nowhere = BlobStore.at(URI.create("s3://nowhere/p?endpoint=http://127.0.0.1:" + server.port()));

        assertBucketIsMissed(() -> nowhere.describe("datasets/a"));
        assertBucketIsMissed(() -> nowhere.size("datasets/a"));
    }

    private static void assertBucketIsMissed(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NoSuchFileException.class)
                .isNotInstanceOf(StoreRefusesException.class)
                .hasMessageContaining("nowhere");
    }

    private void putUnchecked(String key) {
        try {
            store.put(key, new byte[] {1});
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
