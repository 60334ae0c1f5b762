package dev.tunefleet.worker.train;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Tells failures for want of memory from others: the JVM has a type for them, native code only its words. */
final class Exhaustion {

    /** What ND4J passes on of an allocation that the system refused. */
    private static final List<String> WORDS = List.of("bad_alloc", "allocation failed");

    private Exhaustion() {}

    /** Whether {@code failure}, or what it was caused by, means that there was no memory left. */
    static boolean in(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof OutOfMemoryError || refused(cause));
    }

    private static boolean refused(Throwable failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return failure instanceof RuntimeException && WORDS.stream().anyMatch(text::contains);
    }
}
