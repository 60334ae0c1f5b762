package dev.tunefleet.worker.train;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;

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

class AttemptRunnerTest extends WithAttemptRunner {

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
    void aConfigurationThatCannotBeBuiltFailsTheTrialAlone() {
        Configuration impossible = SMALL.with(Guide.UNITS, Value.of(-3));

        TrialEvent event = run(aTrial(aWaveStudy(3), impossible, 3), PLENTY);

        assertThat(event).isInstanceOfSatisfying(TrialEvent.TrialFailed.class, failed -> assertThat(failed.reason())
                .isEqualTo(FailureReason.ERROR));
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
