package dev.tunefleet.local.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/** What a person reads after Ctrl-C while a study runs. The fleet stops itself at the end of the process. */
final class Farewell {

    private final AtomicBoolean needed = new AtomicBoolean(true);

    private Farewell() {}

    static Farewell install(Screen screen, String resumeCommand) {
        var farewell = new Farewell();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            if (farewell.needed.get()) {
                screen.line("Stopping; nothing is lost. The same command goes on: " + resumeCommand);
            }
        }));
        return farewell;
    }

    /** The run ended by itself: nothing to say. */
    void cancel() {
        needed.set(false);
    }
}
