package dev.tunefleet.local.cli;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import dev.tunefleet.local.fleet.Fleet;

/** What a person reads after Ctrl-C while a study runs: that the fleet stops, and how to go on once it has. */
final class Farewell {

    private final AtomicBoolean needed = new AtomicBoolean(true);
    private final AtomicReference<Optional<Fleet>> fleet = new AtomicReference<>(Optional.empty());

    private Farewell() {}

    static Farewell install(Screen screen, String resumeCommand) {
        var farewell = new Farewell();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            if (farewell.needed.get()) {
                screen.endBlocks();
                screen.line("Stopping the fleet …");
                farewell.fleet.get().ifPresent(Fleet::close);
                screen.line("Stopped; nothing is lost. The same command goes on: " + resumeCommand);
            }
        }));
        return farewell;
    }

    /** What has to have stopped before it is said. */
    void of(Fleet started) {
        fleet.set(Optional.of(started));
    }

    /** The run ended by itself: nothing to say. */
    void cancel() {
        needed.set(false);
    }
}
