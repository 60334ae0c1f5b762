package dev.tunefleet.worker.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.blob.AwayBlobStore;
import dev.tunefleet.common.blob.FileBlobStore;

import static org.assertj.core.api.Assertions.assertThat;

class BlobStoreReachableTest {

    @TempDir
    Path folder;

    @Test
    void aStoreThatDoesNotAnswerIsNotReadyAndSaysWhy() {
        HealthCheckResponse response = new BlobStoreReachable(new AwayBlobStore()).call();

        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(reason(response)).isEqualTo("connection refused");
    }

    @Test
    void anEmptyStoreIsReadyAndOneWhoseFolderHasGoneIsNot() throws IOException {
        Path blobs = folder.resolve("blobs");
        var check = new BlobStoreReachable(new FileBlobStore(blobs));
        HealthCheckResponse empty = check.call();

        Files.delete(blobs);
        HealthCheckResponse gone = check.call();
        Files.createDirectory(blobs);

        assertThat(empty.getStatus()).isEqualTo(Status.UP);
        assertThat(gone.getStatus()).isEqualTo(Status.DOWN);
        assertThat(reason(gone)).contains(blobs.toString());
        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
    }

    private static String reason(HealthCheckResponse response) {
        return response.getData().orElseThrow().get("reason").toString();
    }
}
