package dev.tunefleet.coordinator.view;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.FailureReason;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.Origin;
import dev.tunefleet.coordinator.study.RequestId;
import dev.tunefleet.coordinator.view.StudyFigures.Standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class ReadModelTest {

    private static final StudyId BIRTHS = new StudyId("births");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final BlobRef DATASET = new BlobRef("datasets/births.csv", "aa", 3);

    private final ReadModel model = new ReadModel(Clock.fixed(START.plusSeconds(4), ZoneOffset.UTC));

    @Test
    void aTrialIsCountedInItsStateAlone() {
        runningTrial();

        assertThat(model.study(BIRTHS).orElseThrow().counts())
                .containsEntry(Phase.RUNNING, 1)
                .containsEntry(Phase.QUEUED, 0);
        assertThat(model.trial(BIRTHS, 0).orElseThrow().worker()).isEqualTo("worker-1");
    }

    @Test
    void anAttemptThatRepeatsAnEpochReplacesTheCurveFromThereOn() {
        runningTrial();

        for (int epoch : List.of(1, 2, 3)) {
            fold(new Fact.EpochMeasured(0, 1, new Measurement(epoch, 0, 0, 0, 0, 1)), 1);
        }
        fold(new Fact.EpochMeasured(0, 2, new Measurement(2, 0, 0, 0, 0, 1)), 1);

        assertThat(model.curve(BIRTHS, 0)).extracting(Measurement::epoch).containsExactly(1, 2);
    }

    @Test
    void anEpochThatIsReportedTwiceCountsOnce() {
        runningTrial();

        for (int epoch : List.of(1, 2, 3, 1, 3)) {
            fold(new Fact.EpochMeasured(0, 1, new Measurement(epoch, 0, 0, 0, 0, 1)), 1);
        }

        assertThat(model.curve(BIRTHS, 0)).extracting(Measurement::epoch).containsExactly(1, 2, 3);
        assertThat(model.study(BIRTHS).orElseThrow().epochs()).isEqualTo(3);
    }

    @Test
    void theProgressOfATrialIsThatOfItsCurve() {
        runningTrial();

        for (Measurement each : List.of(
                new Measurement(1, 0, 0.5, 0.6, 0.5, 2),
                new Measurement(2, 0, 0.1, 0.2, 0.1, 2),
                new Measurement(3, 0, 0.3, 0.4, 0.1, 2))) {
            fold(new Fact.EpochMeasured(0, 1, each), 1);
        }
        fold(new Fact.EpochMeasured(0, 2, new Measurement(2, 0, 0.4, 0.7, 0.4, 3)), 1);

        Progress progress = model.trial(BIRTHS, 0).orElseThrow().progress();
        assertThat(progress.epochs()).isEqualTo(2);
        assertThat(progress.seconds()).isEqualTo(5);
        assertThat(progress.best().map(Measurement::rankValue)).contains(0.7);
    }

    @Test
    void aChangeNamesTheTrialsThatLookDifferent() {
        runningTrial();

        Change change = fold(new Fact.EpochMeasured(0, 1, new Measurement(1, 0, 0, 0, 0, 1)), 1);

        assertThat(change).isEqualTo(new Change(BIRTHS, List.of(0)));
    }

    @Test
    void whoWaitsForARequestIsToldWhatTheJournalSays() {
        CompletableFuture<Reply> done = reply("done");
        CompletableFuture<Reply> refused = reply("refused");

        fold(new Fact.StudyCreated(Specs.aStudySpec(), DATASET, 0), 0);
        fold(new Fact.RequestAnswered(new RequestId("done")), 0);
        fold(new Fact.RequestRefused(new RequestId("refused"), "It must not."), 0);

        assertThat(done).isCompletedWithValue(new Reply.Done());
        assertThat(refused).isCompletedWithValue(new Reply.Refused("It must not."));
    }

    @Test
    void aRequestThatIsRepeatedIsToldTheSameAgain() {
        fold(new Fact.RequestRefused(new RequestId("refused"), "It must not."), 0);

        assertThat(reply("refused")).isCompletedWithValue(new Reply.Refused("It must not."));
    }

    @Test
    void aKeyThatWasUsedForOneCommandDoesNotAnswerAnother() {
        fold(new Fact.RequestAnswered(RequestId.of("pause", "key")), 0);

        assertThat(model.replies().to(BIRTHS, RequestId.of("resume", "key"))).isEmpty();
        assertThat(model.replies().to(BIRTHS, RequestId.of("pause", "key"))).isPresent();
        assertThat(model.replies().to(new StudyId("other"), RequestId.of("pause", "key")))
                .hasValueSatisfying(reply -> assertThat(reply).isNotDone());
    }

    @Test
    void aRefusedRequestMakesNoStudy() {
        fold(new Fact.RequestRefused(new RequestId("refused"), "There is none."), 0);

        assertThat(model.study(BIRTHS)).isEmpty();
        assertThat(model.studies(0, 10).total()).isZero();
    }

    @Test
    void theTimeOfARunningStudyGoesOnBetweenItsRecords() {
        fold(new Fact.StudyCreated(Specs.aStudySpec(), DATASET, 0), 0);

        assertThat(model.study(BIRTHS).orElseThrow().ran()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void thePauseOfAStudyDoesNotCount() {
        fold(new Fact.StudyCreated(Specs.aStudySpec(), DATASET, 0), 0);
        fold(new Fact.StudyPaused(), 2);

        assertThat(model.study(BIRTHS).orElseThrow().ran()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void trialsThatEndedBadlyAreCountedByReason() {
        runningTrial();
        fold(new Fact.TrialInfeasible(0, FailureReason.DIVERGED, "The loss was NaN.", 2), 2);

        assertThat(model.figures().getFirst().trials())
                .containsExactly(entry(new Standing(Phase.INFEASIBLE, "DIVERGED"), 1));
    }

    @Test
    void theOldestAttemptInTheQueueIsKnownUntilItIsTaken() {
        fold(new Fact.StudyCreated(Specs.aStudySpec(), DATASET, 0), 0);
        fold(new Fact.TrialQueued(0, Guide.start(Guide.SPACE), new Origin.Guided()), 0);
        fold(new Fact.AttemptPublished(0, 1, 9, Optional.empty(), false), 1);

        assertThat(model.figures().getFirst().oldestWaiting()).contains(START.plusSeconds(1));

        fold(new Fact.AttemptStarted(0, 1, new UUID(1, 2), "worker-1"), 2);
        assertThat(model.figures().getFirst().waiting()).isZero();
    }

    @Test
    void aDeletedStudyIsNotShownAndACreatedOneOfItsNameBeginsEmpty() {
        runningTrial();
        fold(new Fact.StudyDeleted(), 3);
        assertThat(model.study(BIRTHS)).isEmpty();

        fold(new Fact.StudyCreated(Specs.aStudySpec(), DATASET, 1), 4);

        StudyShown shown = model.study(BIRTHS).orElseThrow();
        assertThat(shown.counts().values()).allMatch(count -> count == 0);
        assertThat(shown.created()).isEqualTo(START.plusSeconds(4));
        assertThat(model.page(BIRTHS, 0, 10, Optional.empty()).total()).isZero();
    }

    @Test
    void aPageHoldsTheTrialsOfAStateFromItsOffsetOn() {
        fold(new Fact.StudyCreated(Specs.aStudySpec(), DATASET, 0), 0);
        for (int trial = 0; trial < 5; trial++) {
            fold(new Fact.TrialQueued(trial, Guide.start(Guide.SPACE), new Origin.Suggested(trial)), 0);
        }

        Page<TrialShown> page = model.page(BIRTHS, 1, 2, Optional.of(Phase.QUEUED));

        assertThat(page.total()).isEqualTo(5);
        assertThat(page.items()).extracting(shown -> shown.trial().number()).containsExactly(1, 2);
    }

    private CompletableFuture<Reply> reply(String request) {
        return model.replies().to(BIRTHS, new RequestId(request)).orElseThrow();
    }

    private void runningTrial() {
        fold(new Fact.StudyCreated(Specs.aStudySpec(), DATASET, 0), 0);
        fold(new Fact.TrialQueued(0, Guide.start(Guide.SPACE), new Origin.Guided()), 0);
        fold(new Fact.AttemptPublished(0, 1, 9, Optional.empty(), false), 0);
        fold(new Fact.AttemptStarted(0, 1, new UUID(1, 2), "worker-1"), 0);
    }

    private Change fold(Fact fact, int second) {
        return model.fold(BIRTHS, fact, START.plusSeconds(second));
    }
}
