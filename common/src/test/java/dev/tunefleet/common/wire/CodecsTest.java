package dev.tunefleet.common.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.spec.Training;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.Baseline;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.DataShape;
import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.TrialId;
import dev.tunefleet.common.trial.WorkerStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CodecsTest {

    private static final AttemptId ATTEMPT = new AttemptId(new TrialId(new StudyId("births"), 3), 2);
    private static final Execution EXECUTION = new Execution(ATTEMPT, new UUID(1, 2), "worker-1");
    private static final BlobRef BLOB = new BlobRef("checkpoints/births/3/4-x", "ab", 12);
    private static final TrainingResult RESULT = new TrainingResult(4, 3, 0.2, 0.25, 0.1, 0.22, 0.09, false, 3.5);
    private static final OptionalDouble FAST = OptionalDouble.of(1.25);
    private static final Scores SCORES = new Scores(Map.of(Metric.MSE, 0.25, Metric.MAE, 0.5));

    static Stream<TrialEvent> events() {
        return Stream.of(
                new TrialEvent.TrialStarted(EXECUTION),
                new TrialEvent.TrialWaits(EXECUTION),
                new TrialEvent.DataPrepared(EXECUTION, new DataShape(9, 7, 3_500, 400_000)),
                new TrialEvent.TrialProgressed(EXECUTION, 4),
                new TrialEvent.EpochMeasured(EXECUTION, new Measurement(4, 0.1, 0.2, 0.25, 0.2, 1.5)),
                new TrialEvent.EpochMeasured(
                        EXECUTION, new Measurement(5, 0.1, 0.3, 0.35, 0.2, 1.5, OptionalDouble.of(0.25))),
                new TrialEvent.CheckpointStored(EXECUTION, new Checkpoint(4, BLOB)),
                new TrialEvent.CheckpointGone(EXECUTION, new Checkpoint(4, BLOB)),
                new TrialEvent.RungReached(EXECUTION, RESULT, new Checkpoint(4, BLOB)),
                new TrialEvent.TrialCompleted(EXECUTION, RESULT, BLOB, SCORES),
                new TrialEvent.TrialFailed(EXECUTION, FailureReason.DIVERGED, "The loss was NaN.", 2),
                new TrialEvent.TrialFailed(EXECUTION, FailureReason.TIMED_OUT, "It took long.", 2, FAST),
                new TrialEvent.TrialStopped(EXECUTION, Optional.of(RESULT.withSpeed(FAST)), Optional.empty()),
                new TrialEvent.TrialReleased(EXECUTION, Optional.of(new Checkpoint(4, BLOB))),
                new TrialEvent.TrialReleased(EXECUTION, Optional.empty()),
                new TrialEvent.TrialStopped(EXECUTION, Optional.of(RESULT), Optional.of(new Checkpoint(4, BLOB))),
                new TrialEvent.TestEvaluated(EXECUTION, SCORES, List.of(new Baseline("persistence", SCORES))));
    }

    @ParameterizedTest
    @MethodSource("events")
    void eventsComeBackAsTheyWere(TrialEvent event) {
        assertThat(Codecs.EVENT.read(Codecs.EVENT.write(event))).isEqualTo(event);
    }

    static Stream<Assignment> assignments() {
        var configuration = Guide.start(Guide.SPACE);
        var study = Specs.aStudySpec();
        return Stream.of(
                new Assignment.TrialSpec(
                        ATTEMPT,
                        study,
                        configuration,
                        9,
                        Optional.of(new Checkpoint(3, BLOB)),
                        -5,
                        true,
                        Optional.of(BLOB)),
                new Assignment.FinalEvaluation(ATTEMPT, study, configuration, BLOB, Optional.of(BLOB)),
                new Assignment.FinalEvaluation(ATTEMPT, study, configuration, BLOB, Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("assignments")
    void assignmentsComeBackAsTheyWere(Assignment assignment) {
        assertThat(Codecs.ASSIGNMENT.read(Codecs.ASSIGNMENT.write(assignment))).isEqualTo(assignment);
    }

    @Test
    void anAssignmentFromBeforeItNamedItsDataNamesNone() {
        var named = new Assignment.FinalEvaluation(
                ATTEMPT, Specs.aStudySpec(), Guide.start(Guide.SPACE), BLOB, Optional.of(BLOB));
        String written = new String(Codecs.ASSIGNMENT.write(named), StandardCharsets.UTF_8);

        String old = written.replaceAll(",\"dataset\":\\{[^}]*}", "");

        assertThat(old).isNotEqualTo(written);
        assertThat(Codecs.ASSIGNMENT.read(old.getBytes(StandardCharsets.UTF_8)).dataset())
                .isEmpty();
    }

    static Stream<Directive> directives() {
        return Stream.of(
                new Directive.Own(ATTEMPT, EXECUTION.id()),
                new Directive.StopTrial(ATTEMPT),
                new Directive.StopStudy(new StudyId("births")));
    }

    @ParameterizedTest
    @MethodSource("directives")
    void directivesComeBackAsTheyWere(Directive directive) {
        assertThat(Codecs.DIRECTIVE.read(Codecs.DIRECTIVE.write(directive))).isEqualTo(directive);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u0001", "\ud83d\ude00"})
    void aFailureIsShortHoweverLongItsMessage(String piece) {
        var failed = new TrialEvent.TrialFailed(EXECUTION, FailureReason.ERROR, "_" + piece.repeat(1_000_000), 2);

        byte[] written = Codecs.EVENT.write(failed);

        assertThat(written).hasSizeBetween(2_000, 13_000);
        assertThat(Codecs.EVENT.read(written)).isEqualTo(failed);
    }

    @Test
    void unknownFieldsAreIgnored() {
        String written = new String(
                Codecs.EVENT.write(new TrialEvent.TrialStopped(EXECUTION, Optional.empty(), Optional.empty())),
                StandardCharsets.UTF_8);

        String extended = written.replace("\"body\":{", "\"later\":1,\"body\":{\"new\":[1],");

        assertThat(Codecs.EVENT.read(extended.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new TrialEvent.TrialStopped(EXECUTION, Optional.empty(), Optional.empty()));
    }

    @Test
    void aResultFromBeforeSpeedsWereMeasuredIsFromASlotOfSpeedOne() throws IOException {
        String old = "{\"epochs\":4,\"bestEpoch\":3,\"stopValue\":0.2,\"value\":0.25,\"trainLoss\":0.1,"
                + "\"lastStopValue\":0.22,\"lastTrainLoss\":0.09,\"stoppedEarly\":false,\"seconds\":3.5}";

        TrainingResult read = Json.MAPPER.readValue(old, TrainingResult.class);

        assertThat(read).isEqualTo(RESULT);
        assertThat(read.standardSeconds()).isEqualTo(3.5);
        assertThat(read.withSpeed(FAST).standardSeconds()).isEqualTo(3.5 * 1.25);
        assertThat(Json.MAPPER.writeValueAsString(read)).doesNotContain("speed");
    }

    @Test
    void aMeasurementFromBeforeTheBestRankValueWasToldIsWorthItsOwn() throws IOException {
        String old = "{\"epoch\":5,\"trainLoss\":0.1,\"stopValue\":0.3,\"rankValue\":0.35,\"bestStopValue\":0.2,"
                + "\"seconds\":1.5}";

        Measurement read = Json.strict(Json.MAPPER).forType(Measurement.class).readValue(old);

        assertThat(read).isEqualTo(new Measurement(5, 0.1, 0.3, 0.35, 0.2, 1.5));
        assertThat(read.objective()).isEqualTo(0.35);
        assertThat(Json.MAPPER.writeValueAsString(read)).isEqualTo(old);
    }

    @Test
    void aStudyFromBeforeTruncationAndTimeLimitsHasNone() throws IOException {
        String old = "{\"patience\":5,\"clipNorm\":1.0}";

        Training read = Json.MAPPER.readValue(old, Training.class);

        assertThat(read).isEqualTo(new Training(5, 1, OptionalInt.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{\"type\":\"java.lang.Runtime\",\"version\":1,\"body\":{}}",
                "{\"type\":\"trial-stopped\",\"version\":2,\"body\":{}}",
                "{\"type\":\"trial-stopped\",\"version\":1}",
                "{\"type\":\"trial-progressed\",\"version\":1,\"body\":{\"epoch\":\"x\"}}"
            })
    void whatIsNoEnvelopeIsUnreadable(String text) {
        assertThatThrownBy(() -> Codecs.EVENT.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableRecordException.class);
    }

    static Stream<Arguments> emptyBodies() {
        return Stream.of(Codecs.ASSIGNMENT, Codecs.EVENT, Codecs.DIRECTIVE, Codecs.WORKER)
                .flatMap(codec -> codec.names().stream().map(name -> Arguments.of(codec, name)));
    }

    @ParameterizedTest
    @MethodSource("emptyBodies")
    void whatHasAnEmptyBodyIsUnreadable(Codec<?> codec, String type) {
        byte[] empty = ("{\"type\":\"" + type + "\",\"version\":1,\"body\":{}}").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> codec.read(empty)).isInstanceOf(UnreadableRecordException.class);
    }

    static Stream<Arguments> records() {
        return Stream.of(
                        events().map(event -> Arguments.of(Codecs.EVENT, Codecs.EVENT.write(event))),
                        assignments().map(each -> Arguments.of(Codecs.ASSIGNMENT, Codecs.ASSIGNMENT.write(each))),
                        directives().map(each -> Arguments.of(Codecs.DIRECTIVE, Codecs.DIRECTIVE.write(each))),
                        Stream.of(Arguments.of(
                                Codecs.WORKER, Codecs.WORKER.write(new WorkerStatus("worker-1", 2, 1, 1 << 30)))))
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatLacksSomethingIsUnreadableOrDoesWithoutIt(Codec<?> codec, byte[] written) {
        assertThat(Holes.has(codec.read(written))).isFalse();
        assertThat(Holes.in(written)).allSatisfy(holed -> assertThat(Holes.sound(codec, holed))
                .as(new String(holed, StandardCharsets.UTF_8))
                .isTrue());
    }

    @Test
    void noClassNameIsOnTheWire() {
        String written =
                new String(Codecs.ASSIGNMENT.write(assignments().findFirst().orElseThrow()), StandardCharsets.UTF_8);

        assertThat(written).doesNotContain("dev.tunefleet").doesNotContain("java.");
    }
}
