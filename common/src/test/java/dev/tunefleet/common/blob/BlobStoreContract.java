package dev.tunefleet.common.blob;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tunefleet.common.trial.BlobRef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every {@link BlobStore} does. */
public abstract class BlobStoreContract {

    private static final byte[] CONTENT = "some content".getBytes(StandardCharsets.UTF_8);

    protected abstract BlobStore store();

    @Test
    void contentComesBack() throws IOException {
        BlobRef ref = store().put("models/a-1.zip", CONTENT);

        assertThat(store().get(ref)).isEqualTo(CONTENT);
        assertThat(ref.bytes()).isEqualTo(CONTENT.length);
        assertThat(store().describe("models/a-1.zip")).isEqualTo(ref);
    }

    @Test
    void theSizeIsToldAndWhatIsNotThereHasNone() throws IOException {
        store().put("datasets/a.csv", CONTENT);

        assertThat(store().size("datasets/a.csv")).isEqualTo(CONTENT.length);
        assertThatThrownBy(() -> store().size("datasets/b.csv")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void changedContentIsNoticed() throws IOException {
        BlobRef ref = store().put("datasets/a.csv", CONTENT);

        store().put("datasets/a.csv", "other content".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> store().get(ref))
                .isInstanceOf(DigestMismatchException.class)
                .hasMessageContaining("datasets/a.csv");
    }

    @Test
    void listNamesWhatBeginsWithThePrefix() throws IOException {
        store().put("checkpoints/births/1/3-x", CONTENT);
        store().put("checkpoints/births/2/3-x", CONTENT);
        store().put("models/m", CONTENT);

        assertThat(store().list("checkpoints/births/"))
                .containsExactly("checkpoints/births/1/3-x", "checkpoints/births/2/3-x");
    }

    @Test
    void aSurveyTellsSinceWhenEachBlobIsThere() throws IOException {
        Instant before = Instant.now().minusSeconds(60);
        store().put("models/m", CONTENT);

        assertThat(store().survey("mod")).singleElement().satisfies(found -> {
            assertThat(found.key()).isEqualTo("models/m");
            assertThat(found.stored()).isBetween(before, Instant.now().plusSeconds(60));
        });
    }

    @Test
    void deletedContentIsGoneAndDeletingAgainIsFine() throws IOException {
        BlobRef ref = store().put("models/m", CONTENT);

        store().delete("models/m");
        store().delete("models/m");

        assertThatThrownBy(() -> store().get(ref)).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "/etc/passwd", "a//b", "", "a/../b", "a b"})
    void keysThatAreNoKeysAreRefused(String key) {
        assertThatThrownBy(() -> store().put(key, CONTENT)).isInstanceOf(IOException.class);
    }
}
