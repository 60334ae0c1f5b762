package dev.tunefleet.coordinator.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.blob.AwayBlobStore;
import dev.tunefleet.common.blob.BlobStore;
import dev.tunefleet.common.blob.FileBlobStore;
import dev.tunefleet.common.blob.Sha256;
import dev.tunefleet.common.blob.StoreForbidsException;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.BlobRef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UploadsTest {

    private static final int LIMIT = 100;

    private final StudySpec spec = Specs.aStudySpec();

    @TempDir
    private Path folder;

    private BlobStore blobs;
    private Uploads uploads;

    @BeforeEach
    void aStore() {
        blobs = new FileBlobStore(folder);
        uploads = new Uploads(blobs, LIMIT);
    }

    @Test
    void aDataSetThatWasPutThereByHandIsReadForItsDigest() throws IOException {
        var content = new byte[LIMIT];
        blobs.put(spec.data().uri(), content);

        assertThat(uploads.dataset(spec)).isEqualTo(new BlobRef(spec.data().uri(), Sha256.of(content), LIMIT));
    }

    @Test
    void aLargerOneIsRefusedUnread() throws IOException {
        blobs.put(spec.data().uri(), new byte[LIMIT + 1]);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> uploads.dataset(spec))
                .withMessageContaining("(101 bytes)")
                .withMessageContaining("at most 100 bytes")
                .satisfies(problem -> assertThat(problem.problem().status()).isEqualTo(400));
    }

    @Test
    void oneWhoseKeyTellsItsDigestMayBeLarger() throws IOException {
        String key = "datasets/" + "a".repeat(64) + ".csv";
        blobs.put(key, new byte[LIMIT + 1]);
        StudySpec named = spec.withData(spec.data().withUri(key));

        assertThat(uploads.dataset(named)).isEqualTo(new BlobRef(key, "a".repeat(64), LIMIT + 1));
    }

    @Test
    void oneThatNoWorkerWouldReadIsRefusedWhateverItIsCalled() {
        StudySpec named = spec.withData(spec.data().withUri("datasets/" + "a".repeat(64) + ".csv"));
        var huge = new Uploads(sized(DataSource.LARGEST_BYTES + 1), Long.MAX_VALUE);

        for (StudySpec study : List.of(spec, named)) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> huge.dataset(study))
                    .withMessageContaining("(536870913 bytes)")
                    .withMessageContaining("at most 536870912 bytes")
                    .satisfies(problem -> assertThat(problem.problem().status()).isEqualTo(400));
        }
    }

    @Test
    void aStoreThatRefusesSaysWhyAndNotToTryAgain() {
        var refusing = new Uploads(
                new AwayBlobStore() {
                    @Override
                    public BlobRef put(String key, Path file) throws IOException {
                        throw new StoreForbidsException("store", key, new IOException("403"));
                    }
                },
                LIMIT);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> refusing.store(new ByteArrayInputStream(new byte[1])))
                .withMessageContaining("must let this process store blob datasets/")
                .withMessageNotContaining("try again")
                .satisfies(problem -> assertThat(problem.problem().status()).isEqualTo(503));
    }

    private static BlobStore sized(long bytes) {
        return new AwayBlobStore() {
            @Override
            public long size(String key) {
                return bytes;
            }
        };
    }
}
