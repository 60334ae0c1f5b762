package dev.tunefleet.coordinator.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.blob.Sha256;
import dev.tunefleet.common.spec.Metric;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.Baseline;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.TrialId;
import dev.tunefleet.common.wire.Codecs;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.EndReason;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.RequestId;
import dev.tunefleet.coordinator.study.Study;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.StudyState;
import dev.tunefleet.coordinator.study.TrialEntity;

import static org.assertj.core.api.Assertions.assertThat;

class CoordinatorTopologyTest {

    private static final StudyId BIRTHS = new StudyId("births");
    private static final BlobRef DATASET = new BlobRef("datasets/births.csv", "aa", 3);

    private final Bench bench = new Bench();
    private final Trainer trainer = new Trainer(bench);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aStudyRunsFromItsCreationToTheTestOfItsWinner() {
        bench.command("births", create(Specs.aStudySpec()));

        trainer.runAll(1);

        StudyEntity study = entity();
        assertThat(study.state()).isEqualTo(StudyState.COMPLETED);
        assertThat(study.tally().trials()).isEqualTo(10);
        assertThat(study.best().orElseThrow().trial()).isEqualTo(0);
        assertThat(study.evaluation().orElseThrow().trial()).isEqualTo(0);
    }

    @Test
    void nothingIsHandedOutWhereNoWorkerIsAlive() {
        bench.command("births", create(Specs.aStudySpec()));

        bench.seconds(5, 0);

        assertThat(bench.taken()).isEmpty();
    }

    @Test
    void feedingTheWholeInputTwiceChangesNothing() {
        bench.command("births", create(Specs.aStudySpec()));
        trainer.runAll(1);
        Map<String, byte[]> before = bench.stored();
        int facts = bench.facts().size();

        bench.repeat();

        assertThat(bench.stored()).usingRecursiveComparison().isEqualTo(before);
        assertThat(bench.taken()).isEmpty();
        assertThat(bench.facts().subList(facts, bench.facts().size())).noneMatch(Fact::stored);
    }

    @Test
    void foldingTheJournalGivesWhatIsStored() {
        bench.command("births", create(Specs.aStudySpec()));
        trainer.runAll(1);

        Study folded = Study.absent(BIRTHS);
        bench.facts().forEach(folded::replay);

        assertThat(folded.entity()).isEqualTo(entity());
        assertThat(folded.trials()).isEqualTo(trials());
    }

    @Test
    void anUnreadableRecordIsADeadLetterWithItsOriginAndTheNextOneIsDecided() {
        bench.input(Topics.COMMANDS, "births", "rubbish".getBytes(StandardCharsets.UTF_8));
        bench.command("births", create(Specs.aStudySpec()));

        List<TestRecord<String, byte[]>> letters = bench.read(Topics.DEAD_LETTERS);
        assertThat(letters).hasSize(1);
        assertThat(letters.getFirst().value()).asString().isEqualTo("rubbish");
        assertThat(header(letters.getFirst(), "origin-topic")).isEqualTo("tunefleet.commands");
        assertThat(header(letters.getFirst(), "origin-partition")).isEqualTo("0");
        assertThat(header(letters.getFirst(), "origin-offset")).isEqualTo("0");
        assertThat(header(letters.getFirst(), "reason")).contains("JSON");
        assertThat(bench.meters()
                        .counter("tunefleet.dead.letters", "topic", "tunefleet.commands")
                        .count())
                .isEqualTo(1);
        assertThat(entity().state()).isEqualTo(StudyState.RUNNING);
    }

    @Test
    void aLargeUnreadableRecordIsADeadLetterThatAProducerTakes() {
        byte[] large = "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
        byte[] talkative = ("{\"type\":\"" + "y".repeat(520_000) + "\"}").getBytes(StandardCharsets.UTF_8);

        bench.input(Topics.EVENTS, "births", large);
        bench.input(Topics.EVENTS, "births", talkative);
        bench.input(Topics.COMMANDS, "\uFFFD".repeat(900_000), talkative);
        bench.command("births", create(Specs.aStudySpec()));

        List<TestRecord<String, byte[]>> letters = bench.read(Topics.DEAD_LETTERS);
        assertThat(letters).hasSize(3).allSatisfy(letter -> assertThat(written(letter))
                .isLessThan(1_000_000));
        assertThat(letters.getFirst().value()).isNull();
        assertThat(header(letters.getFirst(), "value-bytes")).isEqualTo("1000000");
        assertThat(header(letters.getFirst(), "value-sha256")).isEqualTo(Sha256.of(large));
        assertThat(header(letters.getFirst(), "origin-offset")).isEqualTo("0");
        assertThat(letters.get(1).value()).isEqualTo(talkative);
        assertThat(header(letters.get(1), "reason")).startsWith("The type (yyy").hasSize(1000);
        assertThat(header(letters.get(2), "key-characters")).isEqualTo("900000");
        assertThat(entity().state()).isEqualTo(StudyState.RUNNING);
    }

    @Test
    void aRecordWithoutKeyOrUnderAnotherStudysKeyIsADeadLetter() {
        var event = new TrialEvent.TrialStarted(
                new Execution(new AttemptId(new TrialId(BIRTHS, 0), 1), new UUID(1, 2), "worker"));

        bench.input(Topics.EVENTS, null, Codecs.EVENT.write(event));
        bench.input(Topics.EVENTS, "other", Codecs.EVENT.write(event));

        assertThat(bench.read(Topics.DEAD_LETTERS)).hasSize(2);
        assertThat(bench.stored()).isEmpty();
    }

    @Test
    void aSilentAttemptIsLostAndPublishedAgain() {
        bench.command("births", create(Specs.aStudySpec()));
        bench.seconds(1, 1);
        trainer.begin(bench.taken().getFirst());

        bench.seconds(25, 1);

        assertThat(bench.taken())
                .extracting(Assignment::attempt)
                .containsExactly(new AttemptId(new TrialId(BIRTHS, 0), 2));
        assertThat(bench.meters().counter("tunefleet.attempts.lost").count()).isEqualTo(1);
    }

    @Test
    void aFailedTrialIsNotSuggestedAgainAndTheBudgetIsSpent() {
        bench.command("births", create(Specs.aStudySpec()));
        bench.seconds(1, 1);
        Execution first = trainer.begin(bench.taken().getFirst());

        bench.event(new TrialEvent.TrialFailed(first, FailureReason.ERROR, "It did.", 1));
        trainer.runAll(1);

        assertThat(entity().ending()).contains(EndReason.TRIALS);
        assertThat(entity().tally().trials()).isEqualTo(10);
    }

    @Test
    void anInputFromWhichNoRecordCouldFollowIsADeadLetter() {
        bench.command("births", create(Specs.aStudySpec()));
        bench.seconds(1, 1);
        var started = new TrialEvent.TrialStarted(
                new Execution(bench.taken().getFirst().attempt(), new UUID(1, 2), "w".repeat(600_000)));

        bench.input(Topics.EVENTS, "births", Codecs.EVENT.write(started));

        assertThat(header(bench.read(Topics.DEAD_LETTERS).getFirst(), "reason"))
                .contains("must be at most 524288 bytes");
        assertThat(bench.facts()).noneMatch(Fact.AttemptStarted.class::isInstance);
    }

    @Test
    void whatWouldBeTooLargeToBeStoredIsNotDecided() {
        StudySpec spec = Specs.aStudySpec();
        bench.command("births", create(spec.withData(spec.data().withUri("x".repeat(450_000)))));
        Execution last = trainer.begin(finalEvaluation());
        var scores = new Scores(Map.of(Metric.MSE, 0.1));

        bench.event(new TrialEvent.TestEvaluated(last, scores, List.of(new Baseline("y".repeat(450_000), scores))));
        StudyState before = entity().state();
        bench.event(new TrialEvent.TestEvaluated(last, scores, List.of(new Baseline("persistence", scores))));

        assertThat(header(bench.read(Topics.DEAD_LETTERS).getFirst(), "reason"))
                .contains("must be at most 900000 bytes");
        assertThat(before).isEqualTo(StudyState.EVALUATING);
        assertThat(entity().state()).isEqualTo(StudyState.COMPLETED);
    }

    /** Runs all trials up to the test of their winner. */
    private Assignment finalEvaluation() {
        for (int second = 0; second < 100; second++) {
            bench.seconds(1, 1);
            for (Assignment assignment : bench.taken()) {
                if (assignment instanceof Assignment.FinalEvaluation) {
                    return assignment;
                }
                trainer.run(assignment);
            }
        }
        throw new AssertionError("The winner must be tested within 100 seconds.");
    }

    @Test
    void aStudyWhoseDecisionBrokeOffStillTakesNoteOfTheTime() {
        bench.command("births", create(Specs.aStudySpec()));
        bench.seconds(1, 1);
        trainer.begin(bench.taken().getFirst());

        bench.command("births", new Command.EnqueueTrial(new RequestId("broken"), null));
        bench.seconds(25, 1);

        assertThat(bench.read(Topics.DEAD_LETTERS)).hasSize(1);
        assertThat(bench.taken())
                .extracting(Assignment::attempt)
                .containsExactly(new AttemptId(new TrialId(BIRTHS, 0), 2));
    }

    @Test
    void aSystemClockThatJumpsByAnHourLosesNoAttempt() {
        bench.command("births", create(Specs.aStudySpec()));
        bench.seconds(1, 1);
        trainer.begin(bench.taken().getFirst());

        bench.clockJumps(Duration.ofHours(1));
        bench.seconds(15, 1);
        bench.clockJumps(Duration.ofHours(1));

        assertThat(bench.taken()).isEmpty();
        bench.seconds(10, 1);
        assertThat(bench.taken()).hasSize(1);
    }

    @Test
    void noAttemptIsLostWhileInputIsWaiting() {
        bench.command("births", create(Specs.aStudySpec()));
        bench.seconds(1, 1);
        trainer.begin(bench.taken().getFirst());
        bench.lag(true);

        bench.seconds(60, 1);

        assertThat(bench.taken()).isEmpty();
    }

    @Test
    void theFirstToStartOwnsAnAttemptAndEveryWorkerIsTold() {
        bench.command("births", create(Specs.aStudySpec()));
        bench.seconds(1, 1);

        Execution owner = trainer.begin(bench.taken().getFirst());

        TestRecord<String, byte[]> directive = bench.read(Topics.DIRECTIVES).getLast();
        assertThat(directive.key()).isEqualTo("births/0");
        assertThat(Codecs.DIRECTIVE.read(directive.value())).isEqualTo(new Directive.Own(owner.attempt(), owner.id()));
    }

    @Test
    void aDeletedStudyLeavesNoTrialInTheStore() {
        bench.command("births", create(Specs.aStudySpec()));
        trainer.runAll(1);

        bench.command("births", new Command.DeleteStudy(new RequestId("delete")));

        assertThat(bench.stored().keySet()).noneMatch(key -> key.startsWith("trial/"));
        assertThat(bench.model().study(BIRTHS)).isEmpty();
    }

    private StudyEntity entity() {
        return StudyCodecs.STUDY.read(bench.stored().get("study/births"));
    }

    private List<TrialEntity> trials() {
        return bench.stored().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("trial/births/"))
                .map(entry -> StudyCodecs.TRIAL.read(entry.getValue()))
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .toList();
    }

    private static String header(TestRecord<String, byte[]> letter, String name) {
        return Optional.ofNullable(letter.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElse("");
    }

    /** As a producer reckons it. */
    private static int written(TestRecord<String, byte[]> record) {
        return AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                CompressionType.NONE,
                record.key().getBytes(StandardCharsets.UTF_8),
                record.value(),
                record.headers().toArray());
    }

    private static Command create(StudySpec spec) {
        return new Command.CreateStudy(new RequestId("create"), spec, DATASET);
    }
}
