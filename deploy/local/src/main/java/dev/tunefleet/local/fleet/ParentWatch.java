package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A Java agent that ends its process when the launcher ends, even by {@code kill -9}: the launcher holds the other end of
 * the process's standard input, and the system closes it for the dead.
 */
public final class ParentWatch {

    /** What a program may take to end in order: longer than a worker takes to hand over and to say so. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private ParentWatch() {}

    /** Called by the JVM before the program's own main method. */
    public static void premain(String arguments) {
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            awaitEnd(System.in);
            Thread.ofPlatform().daemon().name("parent-watch-halt").start(ParentWatch::haltLater);
            System.exit(0);
        });
    }

    private static void awaitEnd(InputStream parent) {
        try {
            while (parent.read() >= 0) {
                // The launcher writes nothing; only the end of the stream says something.
            }
        } catch (IOException broken) {
            return; // a broken pipe says the same as a closed one
        }
    }

    private static void haltLater() {
        try {
            Thread.sleep(PATIENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
