package dev.tunefleet.local.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.RefusedException;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.UnreachableException;

/** Follows a study and shows how it goes, through restarts of the server, until it ends. */
final class Watch {

    private static final Duration BLOCK_EVERY = Duration.ofMillis(250);
    private static final Duration LINE_EVERY = Duration.ofSeconds(5);
    private static final Duration SERVER_RESTART = Duration.ofSeconds(60);
    private static final Duration RECONNECT_AFTER = Duration.ofMillis(500);

    private final Coordinator coordinator;
    private final Screen screen;
    private final Progress progress;

    Watch(Coordinator coordinator, Screen screen, StudySpec spec) {
        this.coordinator = coordinator;
        this.screen = screen;
        this.progress = new Progress(spec);
    }

    /** Returns the study as it ended; {@code check} runs now and then and may throw to give up. */
    StudyView untilTheEnd(String study, Runnable check) throws IOException, InterruptedException {
        Thread follower = Thread.ofVirtual().name("feed").start(() -> follow(study));
        try {
            show(follower, check);
        } finally {
            follower.interrupt();
            screen.clearBlock();
        }
        return lastView(study, check);
    }

    /** The server may be restarting just now. */
    private StudyView lastView(String study, Runnable check) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + SERVER_RESTART.toNanos();
        while (true) {
            try {
                return coordinator.study(study);
            } catch (UnreachableException away) {
                check.run();
                if (System.nanoTime() > deadline) {
                    throw away;
                }
                Thread.sleep(RECONNECT_AFTER);
            }
        }
    }

    private void show(Thread follower, Runnable check) throws InterruptedException {
        String lastLine = "";
        long nextLine = System.nanoTime();
        while (follower.isAlive()) {
            check.run();
            double now = System.nanoTime() / 1e9;
            if (screen.isTerminal()) {
                screen.block(progress.block(screen, now));
            } else if (System.nanoTime() - nextLine >= 0) {
                Optional<String> line = progress.line(now);
                if (line.isPresent() && !line.get().equals(lastLine)) {
                    screen.line(line.get());
                    lastLine = line.get();
                    nextLine = System.nanoTime() + LINE_EVERY.toNanos();
                }
            }
            follower.join(BLOCK_EVERY);
        }
        progress.line(System.nanoTime() / 1e9)
                .filter(line -> !screen.isTerminal())
                .ifPresent(screen::line);
    }

    private void follow(String study) {
        try {
            while (!ended(study)) {
                Thread.sleep(RECONNECT_AFTER);
            }
        } catch (InterruptedException nobodyWatches) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ended(String study) throws InterruptedException {
        try {
            return coordinator.feed(study).follow(progress) || progress.ended();
        } catch (IOException serverRestarts) {
            return progress.ended();
        } catch (RefusedException refusal) {
            // A server that starts or stops says 5xx for a while; any other no stays a no.
            return progress.ended() || refusal.status() < 500;
        }
    }
}
