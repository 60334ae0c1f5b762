package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One program of a fleet that is kept running: when its process ends, a new one is started, unless that happened too often
 * lately. Thread-safe.
 */
final class Child {

    static final int DEATHS_ALLOWED = 5;
    static final Duration WITHIN = Duration.ofMinutes(1);
    private static final long FIRST_PAUSE_MILLISECONDS = 250;

    private final Program program;
    private final Consumer<String> notices;
    private final Deque<Long> deaths = new ArrayDeque<>();
    private Process process;
    private ProcessMark mark;
    private boolean stopping;
    private Optional<String> failure = Optional.empty();

    private Child(Program program, Consumer<String> notices) {
        this.program = program;
        this.notices = notices;
    }

    /** Starts {@code program} and watches it; {@code notices} hears of each death in a sentence. */
    static Child start(Program program, Consumer<String> notices) throws IOException {
        var child = new Child(program, notices);
        synchronized (child) {
            child.launch();
        }
        Thread.ofVirtual().name("watch-" + program.name()).start(child::watch);
        return child;
    }

    Program program() {
        return program;
    }

    /** The process that runs now, or the one that ran last. */
    synchronized ProcessMark mark() {
        return mark;
    }

    /** Why it is not kept running any more, in a sentence; empty while it is. */
    synchronized Optional<String> failure() {
        return failure;
    }

    /** From now on it is not started again when it ends, by whatever it ends. */
    synchronized void keepDown() {
        stopping = true;
        notifyAll();
    }

    /** Asks it to end; a second call changes nothing. */
    synchronized void stop() {
        keepDown();
        process.destroy();
    }

    /** Waits for its end after {@link #stop()}; a process that takes longer than {@code patience} is killed. */
    void awaitEnd(Duration patience) throws InterruptedException {
        Process last;
        synchronized (this) {
            last = process;
        }
        if (!last.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            notices.accept(program.name() + " did not end within " + patience.toSeconds() + " s and was killed.");
            last.destroyForcibly().waitFor();
        }
    }

    private synchronized void launch() throws IOException {
        process = program.start();
        mark = ProcessMark.of(process.toHandle());
    }

    private void watch() {
        try {
            while (replaceAfterDeath()) {
                // each round outlives one process
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean replaceAfterDeath() throws InterruptedException {
        Process watched;
        synchronized (this) {
            watched = process;
        }
        int exit = watched.waitFor();
        if (!returnsAfter(exit)) {
            return false;
        }
        // Not under the lock: who hears it asks how the other programs are, and they may have ended too.
        notices.accept(program.name() + " ended (exit code " + exit + ") and is started again; its log is "
                + program.log() + ".");
        return startedAgain();
    }

    private synchronized boolean returnsAfter(int exit) throws InterruptedException {
        if (stopping || gaveUp(exit)) {
            return false;
        }
        // A signal to all processes at once ends this one before the launcher has begun to stop the fleet.
        wait(FIRST_PAUSE_MILLISECONDS << (deaths.size() - 1));
        return !stopping;
    }

    private synchronized boolean startedAgain() {
        if (stopping) {
            return false;
        }
        try {
            launch();
            return true;
        } catch (IOException impossible) {
            failure = Optional.of(program.name() + " could not be started again: " + impossible.getMessage());
            return false;
        }
    }

    private boolean gaveUp(int exit) {
        long now = System.nanoTime();
        deaths.removeIf(death -> now - death > WITHIN.toNanos());
        deaths.add(now);
        if (deaths.size() < DEATHS_ALLOWED) {
            return false;
        }
        failure = Optional.of(program.name() + " ended " + DEATHS_ALLOWED + " times within " + WITHIN.toSeconds()
                + " s, last with exit code " + exit + ". Its log is " + program.log() + ".");
        return true;
    }
}
