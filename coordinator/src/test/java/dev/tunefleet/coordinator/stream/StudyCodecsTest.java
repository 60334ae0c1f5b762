package dev.tunefleet.coordinator.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Checkpoint;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrainingResult;
import dev.tunefleet.common.wire.Codec;
import dev.tunefleet.common.wire.Holes;
import dev.tunefleet.common.wire.UnreadableRecordException;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.Origin;
import dev.tunefleet.coordinator.study.Place;
import dev.tunefleet.coordinator.study.RequestId;
import dev.tunefleet.coordinator.study.RungValue;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.TrialEntity;
import dev.tunefleet.coordinator.study.TrialState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StudyCodecsTest {

    private static final BlobRef BLOB = new BlobRef("models/births/1.zip", "ab", 12);

    @Test
    void everyFactAndEveryCommandHasAName() {
        String facts = unknownTo("fact");
        String commands = unknownTo("command");

        assertThat(kinds(Fact.class).map(StudyCodecsTest::name))
                .allSatisfy(name -> assertThat(facts).contains(name));
        assertThat(kinds(Command.class).map(StudyCodecsTest::name))
                .allSatisfy(name -> assertThat(commands).contains(name));
    }

    static Stream<TrialState> states() {
        return Stream.of(
                new TrialState.Queued(true),
                new TrialState.Running(new UUID(1, 2), "worker-1"),
                new TrialState.Paused(),
                new TrialState.Completed(BLOB, new Scores(Map.of(Metric.MSE, 0.5))),
                new TrialState.Pruned(),
                new TrialState.Infeasible(FailureReason.DIVERGED, "The loss was NaN.", 2.5),
                new TrialState.Failed(FailureReason.ERROR, "It broke."),
                new TrialState.Cancelled());
    }

    @ParameterizedTest
    @MethodSource("states")
    void trialsComeBackAsTheyWere(TrialState state) {
        var trial = new TrialEntity(
                3,
                Guide.start(Guide.SPACE),
                new Origin.Suggested(7),
                state,
                2,
                9,
                3,
                1,
                Optional.of(new Checkpoint(3, BLOB)),
                Optional.of(new TrainingResult(4, 3, 0.2, 0.25, 0.1, 0.3, 0.2, false, 3.5)),
                List.of(new RungValue(3, 0.2, 0.25)),
                false);

        assertThat(StudyCodecs.TRIAL.read(StudyCodecs.TRIAL.write(trial))).isEqualTo(trial);
    }

    @Test
    void aStudyOfWhichNothingIsKnownComesBackAsItWas() {
        StudyEntity absent = StudyEntity.absent(new StudyId("births"));

        assertThat(StudyCodecs.STUDY.read(StudyCodecs.STUDY.write(absent))).isEqualTo(absent);
    }

    static Stream<Fact> facts() {
        return Stream.of(
                new Fact.StudyCreated(Specs.aStudySpec(), BLOB, 0),
                new Fact.TimeSpent(Duration.ofSeconds(10)),
                new Fact.RequestRefused(new RequestId("r"), "It must not."),
                new Fact.RequestAnswered(
                        new RequestId("r"), Optional.of(new Place(7, Instant.parse("2026-01-01T00:00:00.123Z")))),
                new Fact.TrialQueued(1, Guide.start(Guide.SPACE), new Origin.Guided()),
                new Fact.TrialPruned(1, Optional.empty()),
                new Fact.AttemptStarted(1, 2, new UUID(1, 2), "worker-1"),
                new Fact.EpochMeasured(1, 2, new Measurement(3, 0.125, -2.5e-300, 7, 0.1 + 0.2, 4.75)),
                new Fact.EpochMeasured(1, 2, new Measurement(3, 0.125, 0.5, 7, 0.25, 4.75, OptionalDouble.of(0.375))),
                new Fact.EpochMeasured(
                        1, 2, new Measurement(3, Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE, 0, 1e9)));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void factsComeBackAsTheyWere(Fact fact) {
        assertThat(StudyCodecs.FACT.read(StudyCodecs.FACT.write(fact))).isEqualTo(fact);
    }

    static Stream<Arguments> emptyBodies() {
        return Stream.of(
                        StudyCodecs.COMMAND, StudyCodecs.FACT, StudyCodecs.STUDY, StudyCodecs.TRIAL, StudyCodecs.DEMAND)
                .flatMap(codec -> codec.names().stream().map(name -> Arguments.of(codec, name)));
    }

    @ParameterizedTest
    @MethodSource("emptyBodies")
    void whatHasAnEmptyBodyIsUnreadableOrNeedsNone(Codec<?> codec, String type) {
        byte[] empty = ("{\"type\":\"" + type + "\",\"version\":1,\"body\":{}}").getBytes(StandardCharsets.UTF_8);

        assertThat(Holes.sound(codec, empty)).isTrue();
    }

    @Test
    void aMeasuredEpochIsReadInAnyOrderAndWithFieldsThatNobodyKnows() {
        var fact = new Fact.EpochMeasured(1, 2, new Measurement(3, 1, 2, 3, 4, 5));

        Fact read = epoch(
                "{'later':[{}],'measurement':{'seconds':5,'new':{'a':1},'bestStopValue':4,'rankValue':3.0,'stopValue':2,"
                        + "'trainLoss':1,'epoch':3},'attempt':2,'trial':1}");

        assertThat(read).isEqualTo(fact);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'trial':1,'attempt':2}",
                "{'trial':1,'attempt':2,'measurement':null}",
                "{'trial':1,'attempt':2,'measurement':[]}",
                "{'trial':1,'attempt':2,'measurement':{}}",
                "{'attempt':2,'measurement':{'epoch':3,'trainLoss':1,'stopValue':2,'rankValue':3,'bestStopValue':4,'seconds':5}}",
                "{'trial':1,'attempt':2,'measurement':{'epoch':3,'trainLoss':1,'stopValue':2,'rankValue':3,'bestStopValue':4}}",
                "{'trial':1,'attempt':2,'measurement':{'epoch':3,'trainLoss':1,'stopValue':2,'rankValue':3,'bestStopValue':4,'seconds':null}}"
            })
    void aMeasuredEpochWithoutOneOfItsNumbersIsUnreadable(String body) {
        assertThatThrownBy(() -> epoch(body)).isInstanceOf(UnreadableRecordException.class);
    }

    private static Fact epoch(String body) {
        String envelope = "{'type':'epoch-measured','version':1,'body':" + body + "}";
        return StudyCodecs.FACT.read(envelope.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aCommandComesBackAsItWas() {
        Command command = new Command.CreateStudy(new RequestId("r"), Specs.aStudySpec(), BLOB);

        assertThat(StudyCodecs.COMMAND.read(StudyCodecs.COMMAND.write(command))).isEqualTo(command);
    }

    /** What a codec says it knows, from its refusal of a type that nobody knows. */
    private static String unknownTo(String family) {
        byte[] unknown = "{\"type\":\"?\"}".getBytes(StandardCharsets.UTF_8);
        try {
            Object read = family.equals("fact") ? StudyCodecs.FACT.read(unknown) : StudyCodecs.COMMAND.read(unknown);
            throw new AssertionError("Nobody may know " + read);
        } catch (UnreadableRecordException refused) {
            return refused.getMessage();
        }
    }

    private static Stream<Class<?>> kinds(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).flatMap(StudyCodecsTest::kinds)
                : Stream.of(family);
    }

    private static String name(Class<?> type) {
        return type.getSimpleName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
