package dev.tunefleet.worker.train;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.blob.AwayBlobStore;
import dev.tunefleet.common.blob.BlobStore;
import dev.tunefleet.common.blob.StoreForbidsException;
import dev.tunefleet.common.blob.StoreFullException;
import dev.tunefleet.common.blob.StoreRefusesException;
import dev.tunefleet.common.blob.StoredBlob;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Assignment.TrialSpec;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.TrialEvent;

import static dev.tunefleet.worker.train.Trials.SMALL;
import static dev.tunefleet.worker.train.Trials.aTrial;
import static dev.tunefleet.worker.train.Trials.aWaveStudy;
import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of an attempt where the store, or what lies in it, is not as it should be. */
class AttemptRunnerBlobsTest extends WithAttemptRunner {

    @Test
    void missingDataFailsTheTrialAndNamesIt() throws IOException {
        blobs.delete("datasets/wave.csv");

        TrialEvent event = run(aTrial(aWaveStudy(3), SMALL, 3), PLENTY);

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_DATA);
            assertThat(failed.message()).contains("datasets/wave.csv");
        });
    }

    @Test
    void dataThatIsNotWhatItsKeySaysFailsTheTrial() throws IOException {
        String key = "datasets/" + "0123456789abcdef".repeat(4) + ".csv";
        blobs.put(key, Trials.waveCsv().getBytes(StandardCharsets.UTF_8));
        StudySpec study = aWaveStudy(3);

        TrialEvent event = run(aTrial(study.withData(study.data().withUri(key)), SMALL, 3), PLENTY);

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_DATA);
            assertThat(failed.message()).contains(key).contains("0123456789abcdef");
        });
    }

    @Test
    void malformedDataFailsTheTrialWithTheLine() throws IOException {
        blobs.put("datasets/wave.csv", "y\n1\n2\noops\n".getBytes(StandardCharsets.UTF_8));

        TrialEvent event = run(aTrial(aWaveStudy(3), SMALL, 3), PLENTY);

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> assertThat(failed.message())
                .contains("Line 4 of datasets/wave.csv, column y"));
    }

    @Test
    void aStoreThatIsAwayGivesTheTrialBack() {
        blobs = new AwayBlobStore();

        TrialEvent event = run(aTrial(aWaveStudy(3), SMALL, 3), PLENTY);

        assertThat(event)
                .isInstanceOfSatisfying(TrialEvent.TrialReleased.class, released -> assertThat(released.checkpoint())
                        .isEmpty());
    }

    @Test
    void aTrainingWaitsOnceForAStoreThatIsAwayAndNotAtEachCheckpoint() {
        var refusing = new RefusingBlobs(blobs);
        blobs = refusing;

        TrialEvent event = run(aTrial(aWaveStudy(9), SMALL, 5), OFTEN);

        assertThat(event).isInstanceOf(TrialEvent.TrialReleased.class);
        assertThat(reported)
                .filteredOn(TrialEvent.EpochMeasured.class::isInstance)
                .hasSize(5);
        List<String> epochs = refusing.refused.stream()
                .map(key -> key.replaceAll(".*/(\\d+)-.*", "$1"))
                .distinct()
                .toList();
        assertThat(epochs).containsExactly("1", "5");
    }

    @Test
    void aFullStoreFailsTheTrialInsteadOfGivingItBackForEver() {
        blobs = new ReadableBlobs(blobs, key -> new StoreFullException(key, new IOException("no space")));

        TrialEvent event = run(aTrial(aWaveStudy(9), SMALL, 3), OFTEN);

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.ERROR);
            assertThat(failed.message()).contains("must have room").contains("no space");
        });
    }

    @Test
    void aStoreThatForbidsToWriteFailsTheTrialInsteadOfGivingItBackForEver() {
        blobs = new ReadableBlobs(blobs, key -> new StoreForbidsException("store", key, new IOException("status 403")));

        TrialEvent event = run(aTrial(aWaveStudy(9), SMALL, 3), OFTEN);

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.ERROR);
            assertThat(failed.message())
                    .contains("must let this process store blob")
                    .contains("status 403");
        });
    }

    @Test
    void aCheckpointThatCanNeverBeReadMeansANewBeginning() {
        StudySpec study = aWaveStudy(3);
        Checkpoint damaged = ((TrialEvent.RungReached) run(aTrial(study, SMALL, 2), PLENTY)).checkpoint();
        blobs = new DamagedBlobs(blobs, damaged.blob().key()::equals);

        TrialEvent event = run(aTrial(study, SMALL, 3, Optional.of(damaged)), PLENTY);

        assertThat(event).isInstanceOf(TrialEvent.TrialCompleted.class);
        assertThat(reported)
                .filteredOn(TrialEvent.CheckpointGone.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(TrialEvent.CheckpointGone.class, gone -> assertThat(gone.checkpoint())
                        .isEqualTo(damaged));
    }

    @Test
    void dataThatCanNeverBeReadFailsTheTrialInsteadOfGivingItBackForEver() {
        blobs = new DamagedBlobs(blobs, "datasets/wave.csv"::equals);

        TrialEvent event = run(aTrial(aWaveStudy(3), SMALL, 3), PLENTY);

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.ERROR);
            assertThat(failed.message())
                    .contains("must read blob datasets/wave.csv")
                    .contains("Input/output error");
        });
    }

    @Test
    void aModelThatCanNeverBeReadFailsTheFinalEvaluation() {
        StudySpec study = aWaveStudy(3);
        var completed = (TrialEvent.TrialCompleted) run(aTrial(study, SMALL, 3), PLENTY);
        blobs = new DamagedBlobs(blobs, completed.model().key()::equals);

        TrialEvent event = run(
                new Assignment.FinalEvaluation(
                        new AttemptId(completed.trial(), 2), study, SMALL, completed.model(), Optional.empty()),
                PLENTY);

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> assertThat(failed.message())
                .contains("must read blob " + completed.model().key()));
    }

    @Test
    void aModelThatCanNeverBeStoredFailsTheTrialInsteadOfGivingItBackForEver() {
        blobs = new DamagedBlobs(blobs, key -> key.startsWith("models/"));

        TrialEvent event = run(aTrial(aWaveStudy(3), SMALL, 3), PLENTY);

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.ERROR);
            assertThat(failed.message()).contains("must store blob models/");
        });
    }

    @Test
    void dataThatChangedSinceTheStudyWasCreatedIsRefusedUnderAnyName() throws IOException {
        StudySpec study = aWaveStudy(3);
        TrialSpec trial = aTrial(study, SMALL, 3, blobs.describe(study.data().uri()));
        blobs.put(study.data().uri(), (Trials.waveCsv() + "\n").getBytes(StandardCharsets.UTF_8));

        TrialEvent event = run(trial, PLENTY);

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_DATA);
            assertThat(failed.message()).contains("datasets/wave.csv");
        });
    }

    @Test
    void dataLargerThanAWorkerReadsIsRefusedBeforeItIsRead() throws IOException {
        try (var file = new RandomAccessFile(folder.resolve("datasets/wave.csv").toFile(), "rw")) {
            file.setLength(5L << 30);
        }

        TrialEvent event = run(aTrial(aWaveStudy(3), SMALL, 3), PLENTY);

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_DATA);
            assertThat(failed.message()).contains("5368709120 bytes").contains("datasets/wave.csv");
        });
    }

    @Test
    void aLostCheckpointMeansANewBeginning() {
        StudySpec study = aWaveStudy(3);
        var rung = (TrialEvent.RungReached) run(aTrial(study, SMALL, 2), PLENTY);
        remove(rung.checkpoint().blob());

        TrialEvent event = run(aTrial(study, SMALL, 3, Optional.of(rung.checkpoint())), PLENTY);

        assertThat(event).isInstanceOf(TrialEvent.TrialCompleted.class);
        assertThat(reported)
                .filteredOn(TrialEvent.CheckpointGone.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(TrialEvent.CheckpointGone.class, gone -> assertThat(gone.checkpoint())
                        .isEqualTo(rung.checkpoint()));
    }

    @Test
    void whoBeganAnewHandsOverNothingUntilAnEpochIsDone() {
        StudySpec study = aWaveStudy(6);
        var rung = (TrialEvent.RungReached) run(aTrial(study, SMALL, 3), PLENTY);
        remove(rung.checkpoint().blob());

        TrialEvent event = run(aTrial(study, SMALL, 6, Optional.of(rung.checkpoint())), PLENTY, () -> Signal.RELEASE);

        assertThat(event)
                .isInstanceOfSatisfying(TrialEvent.TrialReleased.class, released -> assertThat(released.checkpoint())
                        .isEmpty());
    }

    @Test
    void whoBeganAnewHandsOverWhatWasTrainedSince() {
        StudySpec study = aWaveStudy(6);
        var rung = (TrialEvent.RungReached) run(aTrial(study, SMALL, 3), PLENTY);
        remove(rung.checkpoint().blob());
        Supplier<Signal> afterAnEpoch =
                () -> reported.getLast() instanceof TrialEvent.EpochMeasured ? Signal.RELEASE : Signal.GO_ON;

        TrialEvent event = run(aTrial(study, SMALL, 6, Optional.of(rung.checkpoint())), PLENTY, afterAnEpoch);

        assertThat(event)
                .isInstanceOfSatisfying(TrialEvent.TrialReleased.class, released -> assertThat(released.checkpoint())
                        .hasValueSatisfying(stored -> assertThat(stored.epoch()).isEqualTo(1)));
    }

    @Test
    void aCheckpointOfAnotherVersionMeansANewBeginning() throws IOException {
        StudySpec study = aWaveStudy(3);
        BlobRef foreign = blobs.put("checkpoints/births/4/2-foreign", new byte[] {0x54, 0x46, 0x43, 0x50, 0, 0, 0, 99});

        TrialEvent event = run(aTrial(study, SMALL, 3, Optional.of(new Checkpoint(2, foreign))), PLENTY);

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialCompleted.class, completed -> assertThat(
                        completed.result().epochs())
                .isEqualTo(3));
    }

    private void remove(BlobRef ref) {
        try {
            blobs.delete(ref.key());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Can be read, and takes nothing. */
    private static final class ReadableBlobs extends AwayBlobStore {
        private final BlobStore store;
        private final Function<String, StoreRefusesException> refusal;

        private ReadableBlobs(BlobStore store, Function<String, StoreRefusesException> refusal) {
            this.store = store;
            this.refusal = refusal;
        }

        @Override
        public BlobRef put(String key, byte[] content) throws IOException {
            throw refusal.apply(key);
        }

        @Override
        public List<StoredBlob> survey(String prefix) throws IOException {
            return store.survey(prefix);
        }

        @Override
        public BlobRef describe(String key) throws IOException {
            return store.describe(key);
        }

        @Override
        public byte[] get(BlobRef ref) throws IOException {
            return store.get(ref);
        }
    }

    /** Can be read, and does not answer when something is to be stored. */
    private static final class RefusingBlobs extends AwayBlobStore {
        private final BlobStore store;
        private final List<String> refused = new ArrayList<>();

        private RefusingBlobs(BlobStore store) {
            this.store = store;
        }

        @Override
        public BlobRef put(String key, byte[] content) throws IOException {
            refused.add(key);
            return super.put(key, content);
        }

        @Override
        public BlobRef describe(String key) throws IOException {
            return store.describe(key);
        }

        @Override
        public byte[] get(BlobRef ref) throws IOException {
            return store.get(ref);
        }
    }
}
