package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A system clock of their own for programs that are started with its variables; the clock of this machine stays as it is. Needs
 * {@code libfaketime}, as Debian and Ubuntu have it in their package {@code faketime}.
 */
final class ShiftedClock {

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"));

    private final Path library;
    private final Path shift;

    private ShiftedClock(Path library, Path shift) {
        this.library = library;
        this.shift = shift;
    }

    /** A clock that is right, with its shift in {@code folder}; nothing where this machine cannot shift clocks. */
    static Optional<ShiftedClock> in(Path folder) throws IOException {
        Optional<Path> library = LIBRARIES.stream().filter(Files::exists).findFirst();
        if (library.isEmpty()) {
            return Optional.empty();
        }
        var clock = new ShiftedClock(library.get(), folder.resolve("clock"));
        clock.shift(Duration.ZERO);
        return Optional.of(clock);
    }

    /** The environment of a program that goes by this clock. Time that has passed is measured as ever. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                shift.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // A JVM waits by the other clock, which the library would take for the one that it shifts: no wait
                // would last.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                "NO_FAKE_STAT",
                "1");
    }

    /** Within a second the clock shows the right time plus {@code by}. */
    void shift(Duration by) throws IOException {
        Path next = Files.writeString(shift.resolveSibling("clock.next"), "%+d%n".formatted(by.toSeconds()));
        Files.move(next, shift, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
