package dev.tunefleet.worker.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import dev.tunefleet.common.blob.FileBlobStore;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.Calendar;
import dev.tunefleet.common.spec.Centring;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.MissingValues;
import dev.tunefleet.common.spec.Stride;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.Assignment.TrialSpec;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.TrialId;

import static dev.tunefleet.common.spec.Specs.aStudySpec;

/** Small trials for tests: a noisy wave of 600 rows, a network of 8 units. */
public final class Trials {

    private Trials() {}

    public static final Configuration SMALL = new Configuration(Map.of(
            Guide.LEARNING_RATE, Value.of(0.01),
            Guide.LAYERS, Value.of(2),
            Guide.UNITS, Value.of(8),
            Guide.SEQUENCE_LENGTH, Value.of(12),
            Guide.DROPOUT, Value.of(0.1),
            Guide.BATCH_SIZE, Value.of(32),
            Guide.L2, Value.off()));

    public static StudySpec aWaveStudy(int epochs) {
        return aStudySpec()
                .withData(new DataSource(
                        "datasets/wave.csv",
                        Optional.empty(),
                        List.of("y"),
                        List.of(),
                        3,
                        new Calendar.Automatic(),
                        MissingValues.REFUSE,
                        new Stride.Automatic(),
                        Centring.NONE))
                .withBudget(new Budget(
                        10,
                        Optional.empty(),
                        epochs,
                        OptionalInt.empty(),
                        OptionalDouble.empty(),
                        OptionalInt.empty(),
                        5));
    }

    /** A CSV file of 600 rows: a sine of period 20 with a smaller one beside it. */
    public static String waveCsv() {
        var csv = new StringBuilder("y\n");
        for (int row = 0; row < 600; row++) {
            csv.append(Math.sin(row * Math.PI / 10) + 0.2 * Math.sin(row * 1.7)).append('\n');
        }
        return csv.toString();
    }

    /** The file of a model that was trained on the wave for one epoch; what it takes lies in {@code folder}. */
    public static byte[] aModel(Path folder) throws IOException {
        var store = new FileBlobStore(folder);
        StudySpec study = aWaveStudy(1);
        store.put(study.data().uri(), waveCsv().getBytes(StandardCharsets.UTF_8));
        var blobs = new PatientBlobs(store, Duration.ZERO);
        var runner = new AttemptRunner(
                blobs, new Datasets(blobs, 1 << 20), new Limits(1L << 30, Duration.ofHours(1)), new SilentMeasures());
        TrialSpec trial = aTrial(study, SMALL, 1);
        var execution = new Execution(trial.attempt(), new UUID(1, 1), "worker-1");
        var completed = (TrialEvent.TrialCompleted)
                runner.run(trial, execution, () -> Signal.GO_ON, event -> CompletableFuture.completedStage(null));
        return store.get(completed.model());
    }

    static final class SilentMeasures implements Measures {
        @Override
        public void epochFinished(double seconds, int samples) {}

        @Override
        public void checkpointStored(long bytes, double seconds) {}

        @Override
        public void memoryEstimated(long bytes) {}
    }

    public static TrialSpec aTrial(StudySpec study, Configuration configuration, int trainTo) {
        return aTrial(study, configuration, trainTo, Optional.empty());
    }

    public static TrialSpec aTrial(
            StudySpec study, Configuration configuration, int trainTo, Optional<Checkpoint> resumeFrom) {
        var attempt = new AttemptId(new TrialId(new StudyId(study.name()), 4), 1);
        return new TrialSpec(attempt, study, configuration, trainTo, resumeFrom, 7, false, Optional.empty());
    }

    static TrialSpec aTrial(StudySpec study, Configuration configuration, int trainTo, BlobRef dataset) {
        TrialSpec trial = aTrial(study, configuration, trainTo);
        return new TrialSpec(
                trial.attempt(),
                study,
                configuration,
                trainTo,
                trial.resumeFrom(),
                trial.seed(),
                trial.alone(),
                Optional.of(dataset));
    }

    /** Remembers the measurements, and gives the signal that it is told for each batch, counted from 0. */
    static final class Recorder implements Observer {
        final List<Measurement> measurements = new ArrayList<>();
        private final IntFunction<Signal> signals;
        private int batches;

        Recorder(IntFunction<Signal> signals) {
            this.signals = signals;
        }

        static Recorder patient() {
            return new Recorder(batch -> Signal.GO_ON);
        }

        /** How often it was asked for a signal. */
        int batches() {
            return batches;
        }

        @Override
        public Signal signal() {
            return signals.apply(batches++);
        }

        @Override
        public void epochMeasured(Measurement measurement, int samples, Supplier<Progress> progress) {
            measurements.add(measurement);
        }
    }
}
