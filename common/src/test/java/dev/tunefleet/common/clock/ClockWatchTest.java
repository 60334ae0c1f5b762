package dev.tunefleet.common.clock;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ClockWatchTest {

    private Duration shown = Duration.ofDays(20_000);
    private final ClockWatch watch = new ClockWatch(() -> shown.toMillis());

    @Test
    void aClockThatGoesOnOrJumpsForwardIsFine() {
        move(Duration.ofSeconds(1));
        watch.look();
        move(Duration.ofHours(1));

        assertThatCode(watch::look).doesNotThrowAnyException();
    }

    @Test
    void aClockThatIsSetRightByAFewSecondsIsFine() {
        move(Duration.ofSeconds(-5));

        assertThatCode(watch::look).doesNotThrowAnyException();
    }

    @Test
    void fewSecondsManyTimesAreFineWhileTheClockGetsOn() {
        for (int i = 0; i < 10; i++) {
            move(Duration.ofMinutes(1));
            watch.look();
            move(Duration.ofSeconds(-4));

            assertThatCode(watch::look).doesNotThrowAnyException();
        }
    }

    @Test
    void aClockThatIsSetBackByAnHourIsToldOf() {
        move(Duration.ofHours(-1));

        assertThatIllegalStateException().isThrownBy(watch::look).withMessageContaining("was by 3600 s");
    }

    @Test
    void aJumpForwardThatIsTakenBackIsToldOf() {
        move(Duration.ofHours(1));
        watch.look();
        move(Duration.ofHours(-1));

        assertThatIllegalStateException().isThrownBy(watch::look);
    }

    private void move(Duration by) {
        shown = shown.plus(by);
    }
}
