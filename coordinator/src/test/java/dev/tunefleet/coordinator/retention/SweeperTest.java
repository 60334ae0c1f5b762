package dev.tunefleet.coordinator.retention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.blob.BlobStore;
import dev.tunefleet.common.blob.FileBlobStore;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.metrics.Meters;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.Origin;
import dev.tunefleet.coordinator.view.ReadModel;

import static org.assertj.core.api.Assertions.assertThat;

class SweeperTest {

    private static final StudyId BIRTHS = new StudyId("births");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String LIVE = "checkpoints/births/0/3-x";
    private static final String ENDED = "checkpoints/births/1/3-x";

    private final Clock clock = Clock.fixed(START.plusSeconds(7200), ZoneOffset.UTC);
    private final ReadModel model = new ReadModel(clock);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    private Path folder;

    private BlobStore blobs;
    private boolean mine = true;

    @BeforeEach
    void aStudyWithALiveAndAnEndedTrial() throws IOException {
        blobs = new FileBlobStore(folder);
        for (String key : new String[] {LIVE, ENDED}) {
            put(key);
        }
        fold(new Fact.StudyCreated(Specs.aStudySpec(), new BlobRef("datasets/births.csv", "aa", 3), 0));
        for (int trial = 0; trial < 2; trial++) {
            fold(new Fact.TrialQueued(trial, Guide.start(Guide.SPACE), new Origin.Suggested(trial)));
            fold(new Fact.AttemptPublished(trial, 1, 9, Optional.empty(), false));
        }
        fold(new Fact.TrialCancelled(1));
    }

    @Test
    void whatNoTrialNeedsIsDeletedAndCounted() throws IOException {
        sweeper().round();

        assertThat(blobs.list("")).containsExactly(LIVE);
        assertThat(registry.counter("tunefleet.blobs.deleted", "kind", "checkpoints")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatAKilledWorkerHalfWroteGoesAfterADay() throws IOException {
        Path old = begun("checkpoints/births/0/.unfinished-a", Duration.ofHours(25));
        Path young = begun("checkpoints/births/1/.unfinished-b", Duration.ofHours(23));
        Path model = begun("models/.unfinished-c", Duration.ofHours(25));
        Path data = begun("datasets/.unfinished-d", Duration.ofHours(23));

        sweeper().round();

        assertThat(old).doesNotExist();
        assertThat(model).doesNotExist();
        assertThat(young).exists();
        assertThat(data).exists();
        assertThat(blobs.list("")).containsExactly(LIVE);
    }

    @Test
    void aCoordinatorWithoutTheTaskDeletesNothing() throws IOException {
        mine = false;

        sweeper().round();

        assertThat(blobs.list("")).containsExactly(LIVE, ENDED);
    }

    @Test
    void aStoreThatIsAwayIsSweptAtTheNextRound() throws IOException {
        Path away = folder.resolveSibling("away-" + folder.getFileName());
        Files.move(folder, away);
        Files.writeString(folder, "no folder");
        Sweeper sweeper = sweeper();
        sweeper.round();

        Files.delete(folder);
        Files.move(away, folder);
        sweeper.round();

        assertThat(blobs.list("")).containsExactly(LIVE);
    }

    @Test
    void whateverGoesWrongTheNextRoundSweeps() throws IOException {
        var failures = new ArrayDeque<Throwable>(List.of(new AssertionError("It is."), new IllegalStateException()));
        Sweeper sweeper = sweeper(() -> {
            switch (failures.poll()) {
                case Error error -> throw error;
                case RuntimeException failure -> throw failure;
                case null, default -> {
                    return true;
                }
            }
        });

        sweeper.round();
        sweeper.round();
        assertThat(blobs.list("")).containsExactly(LIVE, ENDED);
        sweeper.round();

        assertThat(blobs.list("")).containsExactly(LIVE);
    }

    @Test
    void whatAStudyWantsThatCameMeanwhileStays() throws IOException {
        var dataset = new BlobRef("datasets/" + "a".repeat(64) + ".csv", "a".repeat(64), 1);
        put(dataset.key());
        for (int epoch = 4; epoch < 154; epoch++) {
            put("checkpoints/births/1/" + epoch + "-x");
        }
        var again = new StudyId("again");
        model.fold(again, new Fact.StudyCreated(Specs.aStudySpec(), dataset, 0), START);
        model.fold(again, new Fact.StudyDeleted(), START);
        var asked = new AtomicInteger();

        sweeper(() -> {
                    if (asked.incrementAndGet() == 50) {
                        model.fold(again, new Fact.StudyCreated(Specs.aStudySpec(), dataset, 0), START);
                    }
                    return true;
                })
                .round();

        assertThat(blobs.list("")).containsExactly(LIVE, dataset.key());
    }

    private Path begun(String key, Duration age) throws IOException {
        Path file = folder.resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {1});
        return Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(age)));
    }

    private void put(String key) throws IOException {
        blobs.put(key, new byte[] {1});
        Files.setLastModifiedTime(folder.resolve(key), FileTime.from(START));
    }

    private Sweeper sweeper() {
        return sweeper(() -> mine);
    }

    private Sweeper sweeper(BooleanSupplier task) {
        return new Sweeper(blobs, model, new Meters(registry), clock, study -> Set.of(), task);
    }

    private void fold(Fact fact) {
        model.fold(BIRTHS, fact, START);
    }
}
