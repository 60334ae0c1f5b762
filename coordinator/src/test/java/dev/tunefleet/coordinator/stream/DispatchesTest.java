package dev.tunefleet.coordinator.stream;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.trial.StudyId;

import static org.assertj.core.api.Assertions.assertThat;

class DispatchesTest {

    private static final StudyId BIRTHS = new StudyId("births");
    private static final Dispatches.Question FIRST = new Dispatches.Question(BIRTHS, Instant.EPOCH, 1);

    private long now;
    private final Dispatches dispatches = new Dispatches(() -> now);

    @Test
    void aRequestIsNotAskedTwiceWhileItIsBeingAnswered() {
        dispatches.begin(FIRST);

        now = 10 * Dispatches.AGAIN.toNanos();

        assertThat(dispatches.begin(FIRST)).isFalse();
    }

    @Test
    void aRequestWhoseAnswerWasNotSeenForLongIsAskedAgain() {
        dispatches.begin(FIRST);
        now = 10 * Dispatches.AGAIN.toNanos();
        dispatches.answered(FIRST);
        assertThat(dispatches.begin(FIRST)).isFalse();

        now += Dispatches.AGAIN.toNanos() + 1;

        assertThat(dispatches.begin(FIRST)).isTrue();
    }

    @Test
    void theFirstRequestOfAStudyThatWasCreatedAnewIsAskedAtOnce() {
        dispatches.begin(new Dispatches.Question(BIRTHS, Instant.EPOCH, 7));

        boolean asked = dispatches.begin(new Dispatches.Question(BIRTHS, Instant.EPOCH.plusSeconds(1), 1));

        assertThat(asked).isTrue();
    }

    @Test
    void aRequestThatNobodyCouldTakeIsAskedAgainAtOnce() {
        dispatches.begin(FIRST);

        dispatches.dropped(FIRST);

        assertThat(dispatches.begin(FIRST)).isTrue();
    }
}
