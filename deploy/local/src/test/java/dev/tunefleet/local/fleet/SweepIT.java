package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.blob.FileBlobStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What lies in the blob store two hours after a study has ended, by the clock of a coordinator. */
class SweepIT extends WithFleet {

    private static final int KEPT_MODELS = 5;
    private static final int TRIALS = KEPT_MODELS + 3;
    private static final Duration LATER = Duration.ofHours(2);

    @Test
    void whatAnEndedStudyNeedsNoMoreIsSweptAndTheBestModelsAndTheDataStay() throws Exception {
        Optional<ShiftedClock> possible = ShiftedClock.in(folder);
        assumeTrue(possible.isPresent(), "The clock of a process can be shifted with the package faketime of Debian.");
        ShiftedClock clock = possible.get();
        start(SMALLEST, FragilePrograms.Unusual.everywhere(clock.environment()));
        begin("{trials: %d, epochs: 2}".formatted(TRIALS), Epochs.MILLISECONDS);
        balanced();
        Victim coordinator = fleet().coordinators().getFirst();
        coordinator.askToEnd();
        coordinator.awaitEnd();
        String stray = stray("checkpoints/gone/0/1-stray", Duration.ofDays(2));
        String young = stray("checkpoints/gone/0/2-young", Duration.ZERO);
        Path halfWritten = file(stray("checkpoints/gone/1/.unfinished-a", Duration.ofDays(2)));
        Path beingWritten = file(stray("checkpoints/gone/2/.unfinished-b", Duration.ZERO));
        String foreign = stray("datasets/ours.csv", Duration.ofDays(2));
        List<String> data = stored("datasets");
        assertThat(stored("models")).hasSize(TRIALS);

        clock.shift(LATER);
        coordinator.startAgain();
        fleet().awaitReady(coordinator);
        awaitThat(() -> stored("models").size() == KEPT_MODELS);

        assertThat(stored("checkpoints")).contains(young).doesNotContain(stray).hasSize(1);
        assertThat(halfWritten.getParent()).doesNotExist();
        assertThat(beingWritten).exists();
        assertThat(file("checkpoints")).isDirectoryNotContaining(left -> left.endsWith(STUDY));
        assertThat(stored("datasets")).contains(foreign).isEqualTo(data);
        Path model = folder.resolve("model.zip");
        fleet().ask(client -> {
            client.download(client.study(STUDY).best().orElseThrow().model().orElseThrow(), model);
            return true;
        });
        assertThat(model).isNotEmptyFile();
    }

    /** Puts something into the store that no study knows, as old as {@code age}. */
    private String stray(String key, Duration age) throws IOException {
        Path file = file(key);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "stray");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
        return key;
    }

    private Path file(String key) {
        return folder.resolve("blobs").resolve(key);
    }

    /** The keys below {@code prefix}, while a coordinator may delete some. */
    private List<String> stored(String prefix) throws IOException {
        return new FileBlobStore(folder.resolve("blobs")).list(prefix + "/");
    }
}
