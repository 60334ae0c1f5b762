package dev.tunefleet.local.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Specs;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTest {

    private final Progress progress = new Progress(Specs.aStudySpec());
    private final Screen screen = new Screen(
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(new ByteArrayOutputStream()),
            true,
            false,
            80);

    @Test
    void beforeAnythingIsKnownThereIsNoLine() {
        assertThat(progress.line(0)).isEmpty();
        assertThat(progress.block(screen, 0)).containsExactly("Waiting for the first trial …");
    }

    @Test
    void aLineSaysWhatRunsWhatIsBestHowFastAndHowLong() {
        progress.onStudy(Views.aStudy("RUNNING", Map.of("RUNNING", 2), 10, 10), 100);
        progress.onStudy(Views.aStudy("RUNNING", Map.of("RUNNING", 2, "COMPLETED", 4, "PAUSED", 1), 20, 35), 110);

        String line = progress.line(110).orElseThrow();

        assertThat(line)
                .isEqualTo("0:20  7 of 10 trials; 2 running, 1 paused, 4 complete; 2.5 epochs/s; about 0:20 left");
    }

    @Test
    void theClockGoesOnBetweenTwoEvents() {
        progress.onStudy(Views.aStudy("RUNNING", Map.of("RUNNING", 1), 10, 1), 100);

        assertThat(progress.line(107).orElseThrow()).startsWith("0:17");
    }

    @Test
    void theClockOfAnEndedStudyStands() {
        progress.onStudy(Views.aCompletedStudy(), 100);

        assertThat(progress.line(200).orElseThrow())
                .startsWith("2:41  ended, 10 of 10 trials")
                .doesNotContain("left");
        assertThat(progress.ended()).isTrue();
    }

    @Test
    void theClockOfAPausedStudyStandsAndNothingIsForetold() {
        progress.onStudy(Views.aStudy("PAUSED", Map.of("PAUSED", 1, "COMPLETED", 3), 10, 20), 100);

        assertThat(progress.line(200)).isEqualTo(progress.line(100)).hasValueSatisfying(line -> assertThat(line)
                .startsWith("0:10  paused, 4 of 10 trials")
                .doesNotContain("left"));
    }

    @Test
    void theBlockShowsTheBestAndTheTrialsThatRun() {
        progress.onStudy(Views.aCompletedStudy(), 100);
        progress.onTrial(Views.aTrial(8, "RUNNING"));
        progress.onTrial(Views.aTrial(9, "RUNNING"));
        progress.onTrial(Views.aTrial(9, "PRUNED"));

        assertThat(progress.block(screen, 100))
                .anyMatch(line -> line.startsWith(
                        "best MSE 0.02410  trial 7, epoch 12: l2 off, learningRate 0.001235, units 100"))
                .anyMatch(line -> line.startsWith("  #8    epoch   5/30   0.03000"))
                .noneMatch(line -> line.startsWith("  #9"));
    }
}
