package dev.tunefleet.worker.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.blob.AwayBlobStore;
import dev.tunefleet.common.blob.FileBlobStore;
import dev.tunefleet.common.blob.StoreFailsException;
import dev.tunefleet.common.blob.StoreForbidsException;
import dev.tunefleet.common.blob.StoredBlob;
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

    @Test
    void aStoreThatCanBeReadButForbidsToWriteRefusesAndIsNotAway() {
        var tries = new AtomicInteger();
        blobs = new PatientBlobs(
                new AwayBlobStore() {
                    @Override
                    public BlobRef put(String key, byte[] content) throws IOException {
                        tries.incrementAndGet();
                        throw new StoreForbidsException("store", key, new IOException("403"));
                    }

                    @Override
                    public List<StoredBlob> survey(String prefix) {
                        return List.of();
                    }
                },
                Duration.ZERO);

        assertThatExceptionOfType(StoreForbidsException.class).isThrownBy(() -> blobs.put("models/b", CONTENT));

        assertThat(tries).hasValue(1);
        assertThat(blobs.away()).isFalse();
    }

    @Test
    void aStoreThatForbidsEverythingIsAwayUntilItLetsUsIn() {
        blobs = new PatientBlobs(
                new AwayBlobStore() {
                    @Override
                    public byte[] get(BlobRef ref) throws IOException {
                        throw new StoreForbidsException("read", ref.key(), new IOException("401"));
                    }
                },
                Duration.ZERO);

        assertThatExceptionOfType(BlobsAwayException.class)
                .isThrownBy(() -> blobs.get(stored))
                .withMessageContaining("must let this process read blob models/a");

        assertThat(blobs.away()).isTrue();
    }

    @Test
    void aStoreThatListsAndTakesNothingIsStillAway() {
        var takes = new AtomicBoolean();
        blobs = new PatientBlobs(
                new AwayBlobStore() {
                    @Override
                    public BlobRef put(String key, byte[] content) throws IOException {
                        return takes.get() ? new BlobRef(key, "", content.length) : super.put(key, content);
                    }

                    @Override
                    public List<StoredBlob> survey(String prefix) {
                        return List.of();
                    }
                },
                Duration.ZERO);
        assertThatExceptionOfType(BlobsAwayException.class).isThrownBy(() -> blobs.put("models/b", CONTENT));

        blobs.lookOut();
        assertThat(blobs.away()).isTrue();
        takes.set(true);
        blobs.lookOut();

        assertThat(blobs.away()).isFalse();
    }

    @Test
    void aStoreThatFailsAtOneBlobAloneRefusesItAndIsNotAway() throws IOException {
        var tries = new AtomicInteger();
        blobs = new PatientBlobs(
                new DamagedBlobs(new FileBlobStore(folder.resolve("blobs")), key -> {
                    boolean damaged = key.equals("models/a");
                    tries.addAndGet(damaged ? 1 : 0);
                    return damaged;
                }),
                Duration.ZERO);

        assertThatExceptionOfType(StoreFailsException.class)
                .isThrownBy(() -> blobs.get(stored))
                .withMessageContaining("must read blob models/a")
                .withMessageContaining("Input/output error")
                .withMessageContaining("restore it");
        assertThat(tries).hasValue(7);
        assertThatExceptionOfType(StoreFailsException.class)
                .isThrownBy(() -> blobs.put("models/a", CONTENT))
                .withMessageContaining("must store blob models/a");

        assertThat(blobs.away()).isFalse();
        assertThat(blobs.get(blobs.put("models/b", CONTENT))).isEqualTo(CONTENT);
    }

    @Test
    void aStoreThatIsWellForAMomentAndThenFailsIsAway() {
        var asked = new AtomicInteger();
        blobs = new PatientBlobs(
                new AwayBlobStore() {
                    @Override
                    public BlobRef put(String key, byte[] content) {
                        return new BlobRef(key, "", content.length);
                    }

                    @Override
                    public List<StoredBlob> survey(String prefix) throws IOException {
                        return asked.incrementAndGet() == 1 ? List.of() : super.survey(prefix);
                    }
                },
                Duration.ZERO);

        assertThatExceptionOfType(BlobsAwayException.class).isThrownBy(() -> blobs.get(stored));

        assertThat(blobs.away()).isTrue();
    }

    private void takeAway() throws IOException {
        Files.move(folder.resolve("blobs"), folder.resolve("elsewhere"));
    }

    private void bringBack() throws IOException {
        Files.move(folder.resolve("elsewhere"), folder.resolve("blobs"));
    }
}
