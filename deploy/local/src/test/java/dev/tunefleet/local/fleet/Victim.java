package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program that a test kills, freezes or asks to end, and starts again: with the same address and folder. */
final class Victim {

    private static final long PATIENCE_SECONDS = 90;

    private final Setup setup;
    private Process process;

    /**
     * What it is.
     *
     * @param address where it listens, {@code host:port}
     * @param ready whether it says that it is ready
     */
    record Setup(Program program, String address, Probe ready) {}

    private Victim(Setup setup) {
        this.setup = setup;
    }

    static Victim start(Setup setup) throws IOException {
        var victim = new Victim(setup);
        victim.startAgain();
        return victim;
    }

    String name() {
        return setup.program().name();
    }

    String address() {
        return setup.address();
    }

    boolean ready() {
        return setup.ready().succeeds();
    }

    boolean alive() {
        return process.isAlive();
    }

    void startAgain() throws IOException {
        process = setup.program().start();
    }

    /** {@code kill -9}; returns once it is dead. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM; returns at once. */
    void askToEnd() {
        process.destroy();
    }

    /** Returns once it has ended; a program that does not is killed, which is a mistake of its. */
    void awaitEnd() {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException late) {
            kill();
            throw new AssertionError(
                    "The program " + name() + " must end within " + PATIENCE_SECONDS + " s of SIGTERM; its log is "
                            + setup.program().log() + ".",
                    late);
        }
    }

    /** SIGSTOP: it keeps all it has and does nothing. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if no time had passed. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("The signal " + name + " must reach " + name() + ", but did not.");
        }
    }
}
