package dev.tunefleet.worker.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.blob.AwayBlobStore;
import dev.tunefleet.common.blob.FileBlobStore;
import dev.tunefleet.common.trial.BlobRef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A store in a folder that the test takes away and brings back. */
class PatientBlobsTest {

    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    Path folder;

    private PatientBlobs blobs;
    private BlobRef stored;

    @BeforeEach
    void storeSomething() throws IOException {
        blobs = new PatientBlobs(new FileBlobStore(folder.resolve("blobs")), Duration.ZERO);
        stored = blobs.put("models/a", CONTENT);
    }

    @Test
    void aStoreThatDoesNotAnswerIsAwayUntilSomebodySeesItAgain() throws IOException {
        assertThat(blobs.away()).isFalse();

        takeAway();
        assertThatExceptionOfType(BlobsAwayException.class).isThrownBy(() -> blobs.get(stored));
        blobs.lookOut();
        assertThat(blobs.away()).isTrue();

        bringBack();
        assertThat(blobs.away()).isTrue();
        blobs.lookOut();
        assertThat(blobs.away()).isFalse();
        assertThat(blobs.get(stored)).isEqualTo(CONTENT);
    }

    @Test
    void anyAnswerIsASignThatTheStoreIsBack() throws IOException {
        takeAway();
        assertThatExceptionOfType(BlobsAwayException.class).isThrownBy(() -> blobs.put("models/b", CONTENT));
        bringBack();

        blobs.get(stored);

        assertThat(blobs.away()).isFalse();
    }

    @Test
    void aBlobThatIsNotThereDoesNotMakeTheStoreAway() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> blobs.get("models/none"));

        assertThat(blobs.away()).isFalse();
    }

    @Test
    void aStoreIsGivenUpAfterSixTries() {
        var tries = new AtomicInteger();
        var counting = new AwayBlobStore() {
            @Override
            public byte[] get(BlobRef ref) throws IOException {
                tries.incrementAndGet();
                return super.get(ref);
            }
        };

        assertThatExceptionOfType(BlobsAwayException.class)
                .isThrownBy(() -> new PatientBlobs(counting, Duration.ZERO).get(stored))
                .withMessageContaining("models/a")
                .withMessageContaining("connection refused");

        assertThat(tries).hasValue(6);
    }

    private void takeAway() throws IOException {
        Files.move(folder.resolve("blobs"), folder.resolve("elsewhere"));
    }

    private void bringBack() throws IOException {
        Files.move(folder.resolve("elsewhere"), folder.resolve("blobs"));
    }
}
