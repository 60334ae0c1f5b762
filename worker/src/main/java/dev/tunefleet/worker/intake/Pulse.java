package dev.tunefleet.worker.intake;

import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks again and again on one thread. A task that fails is a failure of that thread: a plain executor would never run it
 * again and tell nobody, and a worker that looks well would have fallen silent.
 */
final class Pulse {

    private final ScheduledExecutorService clock;
    private final UncaughtExceptionHandler failed;

    /**
     * @param thread the name of its thread
     * @param failed is told of what a task throws, unless {@link #stop} was called before
     */
    Pulse(String thread, UncaughtExceptionHandler failed) {
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(thread).factory());
        this.failed = failed;
    }

    /** Runs {@code task} now and then every {@code period}, until it fails. */
    void every(Duration period, Runnable task) {
        clock.scheduleAtFixedRate(() -> run(task), 0, period.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            if (!clock.isShutdown()) {
                failed.uncaughtException(Thread.currentThread(), failure);
            }
            throw failure;
        }
    }

    /** Runs nothing any more; a task under way is interrupted. */
    void stop() {
        clock.shutdownNow();
    }
}
