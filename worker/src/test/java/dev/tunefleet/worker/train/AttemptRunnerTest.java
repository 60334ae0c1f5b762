package dev.tunefleet.worker.train;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.blob.AwayBlobStore;
import dev.tunefleet.common.blob.BlobStore;
import dev.tunefleet.common.blob.FileBlobStore;
import dev.tunefleet.common.blob.StoreForbidsException;
import dev.tunefleet.common.blob.StoreFullException;
import dev.tunefleet.common.blob.StoreRefusesException;
import dev.tunefleet.common.blob.StoredBlob;
import dev.tunefleet.common.memory.MemoryEstimate;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.spec.Training;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Assignment.TrialSpec;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.SlotSpeed;
import dev.tunefleet.common.trial.TrialEvent;

import static dev.tunefleet.worker.train.Trials.SMALL;
import static dev.tunefleet.worker.train.Trials.aTrial;
import static dev.tunefleet.worker.train.Trials.aWaveStudy;
import static org.assertj.core.api.Assertions.assertThat;

class AttemptRunnerTest {

    private static final Duration NO_PAUSE = Duration.ZERO;
    private static final Limits PLENTY = new Limits(1L << 30, Duration.ofHours(1));
    private static final Limits OFTEN = new Limits(1L << 30, Duration.ZERO);

    @TempDir
    Path folder;

    private final List<TrialEvent> reported = new ArrayList<>();
    private CompletionStage<Void> acknowledgement = CompletableFuture.completedStage(null);
    private BlobStore blobs;

    @BeforeEach
    void storeTheData() throws IOException {
        blobs = new FileBlobStore(folder);
        blobs.put("datasets/wave.csv", Trials.waveCsv().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAttemptToARungLeavesACheckpointFromWhichTheNextGoesOn() {
        StudySpec study = aWaveStudy(6);
        var whole = (TrialEvent.TrialCompleted) run(aTrial(study, SMALL, 6), PLENTY);

        var rung = (TrialEvent.RungReached) run(aTrial(study, SMALL, 2), PLENTY);
        var end = (TrialEvent.TrialCompleted) run(aTrial(study, SMALL, 6, Optional.of(rung.checkpoint())), PLENTY);

        assertThat(rung.checkpoint().epoch()).isEqualTo(2);
        assertThat(rung.checkpoint().blob().key()).startsWith("checkpoints/births/4/2-");
        assertThat(end.model().sha256()).isEqualTo(whole.model().sha256());
        assertThat(end.result().value()).isEqualTo(whole.result().value());
        assertThat(end.result().seconds()).isGreaterThan(rung.result().seconds());
    }

    @Test
    void theModelSaysHowToMakeItsInputs() throws IOException {
        var completed = (TrialEvent.TrialCompleted) run(aTrial(aWaveStudy(1), SMALL, 1), PLENTY);

        var entries = new ArrayList<String>();
        String scaler = "";
        try (var zip = new ZipInputStream(new ByteArrayInputStream(blobs.get(completed.model())))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.add(entry.getName());
                if (entry.getName().equals("scaler.json")) {
                    scaler = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }

        assertThat(completed.model().key())
                .isEqualTo("models/" + completed.model().sha256() + ".zip");
        assertThat(entries).contains("configuration.json", "coefficients.bin", "scaler.json", "study.json");
        assertThat(scaler)
                .contains("\"sequenceLength\":12", "\"horizon\":3", "\"columns\":[\"y\"]", "\"deviations\":[");
    }

    @Test
    void theWinnerIsMeasuredOnTheTestPartBesideNaiveForecasts() {
        StudySpec study = aWaveStudy(10);
        var completed = (TrialEvent.TrialCompleted) run(aTrial(study, SMALL, 10), PLENTY);

        TrialEvent event = run(
                new Assignment.FinalEvaluation(
                        new AttemptId(completed.trial(), 2), study, SMALL, completed.model(), Optional.empty()),
                PLENTY);

        var evaluated = (TrialEvent.TestEvaluated) event;
        double naive = evaluated.baselines().getFirst().scores().errors().get(Metric.MSE);
        assertThat(evaluated.model().errors()).containsOnlyKeys(Metric.values());
        assertThat(evaluated.model().errors().get(Metric.MSE)).isLessThan(naive / 3);
    }

    @Test
    void checkpointsOnTheWayAreReported() {
        run(aTrial(aWaveStudy(4), SMALL, 4), OFTEN);

        assertThat(checkpoints()).extracting(Checkpoint::epoch).containsExactly(1, 2, 3);
    }

    @Test
    void anAttemptThatDiesAtItsRungReachesItAgainInsteadOfCompletingTheTrial() {
        StudySpec study = aWaveStudy(9);
        run(aTrial(study, SMALL, 3), OFTEN);
        Checkpoint lastBeforeDeath = checkpoints().getLast();

        TrialEvent again = run(aTrial(study, SMALL, 3, Optional.of(lastBeforeDeath)), OFTEN);

        assertThat(again).isInstanceOfSatisfying(TrialEvent.RungReached.class, rung -> assertThat(
                        rung.checkpoint().epoch())
                .isEqualTo(3));
    }

    @Test
    void ofItsOwnCheckpointsAnAttemptKeepsTheTwoNewest() throws IOException {
        run(aTrial(aWaveStudy(6), SMALL, 6), OFTEN);

        List<BlobRef> stored = checkpoints().stream().map(Checkpoint::blob).toList();
        assertThat(stored).hasSize(5);
        assertThat(blobs.list("checkpoints/"))
                .containsExactly(stored.get(3).key(), stored.get(4).key());
    }

    @Test
    void noCheckpointIsDeletedBeforeTheBrokersAreKnownToHaveANewerOne() throws IOException {
        acknowledgement = new CompletableFuture<>();

        run(aTrial(aWaveStudy(6), SMALL, 6), OFTEN);

        assertThat(blobs.list("checkpoints/")).hasSize(5);
    }

    @Test
    void aTrialThatWouldNotFitItsSlotIsRefusedWithEstimateAndLimit() {
        TrialEvent event = run(aTrial(aWaveStudy(3), SMALL, 3), new Limits(10_000, Duration.ofHours(1)));

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.OUT_OF_MEMORY);
            assertThat(failed.message()).contains("bytes by estimate").contains("10000 bytes");
        });
        assertThat(reported).hasOnlyElementsOfType(TrialEvent.DataPrepared.class);
    }

    @Test
    void theCoordinatorIsToldWhatTheRefusalWasReckonedFrom() {
        TrialEvent event = run(aTrial(aWaveStudy(3), SMALL, 3), new Limits(10_000, Duration.ofHours(1)));

        assertThat(reported).singleElement().isInstanceOfSatisfying(TrialEvent.DataPrepared.class, prepared -> {
            long estimate =
                    MemoryEstimate.of(SMALL, Training.DEFAULT, prepared.shape()).total();
            assertThat(((TrialEvent.TrialFailed) event).message()).contains("(" + estimate + " bytes by estimate)");
        });
    }

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
    void aConfigurationThatCannotBeBuiltFailsTheTrialAlone() {
        Configuration impossible = SMALL.with(Guide.UNITS, Value.of(-3));

        TrialEvent event = run(aTrial(aWaveStudy(3), impossible, 3), PLENTY);

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> assertThat(failed.reason())
                .isEqualTo(FailureReason.ERROR));
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

    private TrialEvent run(Assignment assignment, Limits limits) {
        return run(assignment, limits, () -> Signal.GO_ON);
    }

    private TrialEvent run(Assignment assignment, Limits limits, Supplier<Signal> signals) {
        var patient = new PatientBlobs(blobs, NO_PAUSE);
        var runner = new AttemptRunner(patient, new Datasets(patient, 1 << 20), limits, new Trials.SilentMeasures());
        var execution = new Execution(assignment.attempt(), UUID.randomUUID(), "worker-1");
        if (assignment instanceof TrialSpec) {
            reported.clear();
        }
        return runner.run(assignment, execution, signals, this::report);
    }

    private CompletionStage<Void> report(TrialEvent event) {
        reported.add(event);
        return acknowledgement;
    }

    private List<Checkpoint> checkpoints() {
        return reported.stream()
                .filter(TrialEvent.CheckpointStored.class::isInstance)
                .map(event -> ((TrialEvent.CheckpointStored) event).checkpoint())
                .toList();
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

    @Test
    void aTrialThatTakesTooLongFailsAsTimedOutWithTheSecondsThatItCost() {
        var nanosecond = new Training(5, 1, OptionalInt.empty(), Optional.of(Duration.ofNanos(1)));

        TrialEvent event = run(aTrial(aWaveStudy(3).withTraining(nanosecond), SMALL, 3), PLENTY);

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.TIMED_OUT);
            assertThat(failed.message()).contains("training.time");
            assertThat(failed.seconds()).isPositive();
        });
    }

    @Test
    void onceTheLoopsAreTimedEachResultSaysHowFastItsSlotIs() {
        var patient = new PatientBlobs(blobs, NO_PAUSE);
        var runner = new AttemptRunner(patient, new Datasets(patient, 1 << 20), PLENTY, new Trials.SilentMeasures());
        Supplier<TrialEvent> attempt = () -> {
            TrialSpec spec = aTrial(aWaveStudy(1), SMALL, 1);
            return runner.run(
                    spec,
                    new Execution(spec.attempt(), UUID.randomUUID(), "worker-1"),
                    () -> Signal.GO_ON,
                    this::report);
        };
        var before = (TrialEvent.TrialCompleted) attempt.get();

        runner.timed(1.5 * SlotSpeed.REFERENCE);
        var after = (TrialEvent.TrialCompleted) attempt.get();

        assertThat(before.result().speed()).isEmpty();
        assertThat(after.result().speed()).hasValue(1.5);
    }
}
