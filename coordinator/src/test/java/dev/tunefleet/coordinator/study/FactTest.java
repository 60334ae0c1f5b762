package dev.tunefleet.coordinator.study;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.trial.FailureReason;

import static org.assertj.core.api.Assertions.assertThat;

class FactTest {

    private static final String LONG = "It did. ".repeat(100_000);

    @Test
    void ofALongTextAFactHasTheBeginning() {
        var failed = new Fact.TrialFailed(0, FailureReason.ERROR, LONG);

        assertThat(failed.message()).startsWith("It did. It did.").endsWith("…").hasSize(Fact.LONGEST_TEXT);
        assertThat(new Fact.TrialInfeasible(0, FailureReason.DIVERGED, LONG, 1).message())
                .isEqualTo(failed.message());
        assertThat(new Fact.StudyFailed(LONG).reason()).isEqualTo(failed.message());
        assertThat(new Fact.EvaluationFailed(0, LONG).message()).isEqualTo(failed.message());
        assertThat(new Fact.RequestRefused(new RequestId("r"), LONG).reason()).isEqualTo(failed.message());
    }

    @Test
    void noCharacterIsCutInHalf() {
        var failed = new Fact.StudyFailed("x" + "\uD83D\uDE00".repeat(2000));

        assertThat(failed.reason()).matches("x(\uD83D\uDE00)+…");
        assertThat(new Fact.StudyFailed("\uD83D\uDE00".repeat(2000)).reason()).matches("(\uD83D\uDE00)+…");
    }

    @Test
    void aTextThatFitsStaysAsItIs() {
        String text = "x".repeat(Fact.LONGEST_TEXT);

        assertThat(new Fact.TrialFailed(0, FailureReason.ERROR, text).message()).isEqualTo(text);
    }
}
