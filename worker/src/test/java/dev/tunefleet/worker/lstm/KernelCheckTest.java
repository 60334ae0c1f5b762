package dev.tunefleet.worker.lstm;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.tunefleet.worker.lstm.KernelCheck.Rate;

import static org.assertj.core.api.Assertions.assertThat;

class KernelCheckTest {
    private final Loops before = Dispatch.chosen();

    @AfterEach
    void goBack() {
        Dispatch.choose(before);
    }

    @ParameterizedTest
    @CsvSource({"60, true, 70, false", "60, true, 95, true", "2, false, 95, false", "70, true, 60, false"})
    void aRateIsClearlyBelowAnotherOnlyWhereNoiseCannotExplainIt(
            double rate, boolean steady, double other, boolean expected) {
        assertThat(new Rate(rate, steady).clearlyBelow(new Rate(other, true))).isEqualTo(expected);
    }

    @Test
    void whatIsTrainedDoesNotDependOnTheCheck() {
        String expected = Fingerprint.all();

        new KernelCheck(System::nanoTime, gigaflops -> {}).run();

        assertThat(Fingerprint.all()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTrainedDoesNotDependOnTheLoops(Loops loops) {
        String expected = Fingerprint.all();

        Dispatch.choose(loops);

        assertThat(Fingerprint.all()).isEqualTo(expected);
    }

    @Test
    void whatTheChosenLoopsDoIsToldOnce() {
        var clock = new AtomicLong();
        var told = new ArrayList<Double>();

        new KernelCheck(() -> clock.addAndGet(1_000_000), told::add).run();

        assertThat(told)
                .singleElement()
                .satisfies(gigaflops -> assertThat(gigaflops).isPositive().isFinite());
    }

    @Test
    void aClockThatRunsAwayEndsTheCheckAndChangesNothing() {
        var seconds = new AtomicLong();

        new KernelCheck(() -> seconds.addAndGet(1_000_000_000), gigaflops -> assertThat(gigaflops)
                        .isNaN())
                .run();

        assertThat(Dispatch.chosen()).isEqualTo(before);
    }
}
