package dev.tunefleet.worker.intake;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PulseTest {

    private static final long SOON = 60;

    @Test
    void whatATaskThrowsIsTold() throws Exception {
        var told = new CompletableFuture<Throwable>();
        var pulse = new Pulse("beat", (thread, failure) -> told.complete(failure));

        pulse.every(Duration.ofMillis(1), () -> {
            throw new AssertionError("broken");
        });

        assertThat(told.get(SOON, TimeUnit.SECONDS)).hasMessage("broken");
        pulse.stop();
    }

    @Test
    void aTaskRunsAgainAndAgain() throws Exception {
        var rounds = new CountDownLatch(3);
        var told = new CompletableFuture<Throwable>();
        var pulse = new Pulse("beat", (thread, failure) -> told.complete(failure));

        pulse.every(Duration.ofMillis(1), rounds::countDown);

        assertThat(rounds.await(SOON, TimeUnit.SECONDS)).isTrue();
        pulse.stop();
        assertThat(told).isNotDone();
    }

    @Test
    void whatIsInterruptedByTheEndIsNoFailure() throws Exception {
        var begun = new CompletableFuture<Thread>();
        var told = new CompletableFuture<Throwable>();
        var pulse = new Pulse("beat", (thread, failure) -> told.complete(failure));
        pulse.every(Duration.ofMillis(1), () -> {
            begun.complete(Thread.currentThread());
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
        Thread thread = begun.get(SOON, TimeUnit.SECONDS);

        pulse.stop();

        assertThat(thread.join(Duration.ofSeconds(SOON))).isTrue();
        assertThat(told).isNotDone();
    }
}
