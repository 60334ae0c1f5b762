package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;

/** {@code tunefleet pause STUDY} and its like: asks something of a study and says what has become of it. */
abstract sealed class WishVerb implements Callable<Integer> {

    private final Screen screen;
    private final Coordinator.Wish wish;

    @Parameters(paramLabel = "STUDY", description = "The name of the study.")
    private String study;

    @Mixin
    private ServerSettings server;

    private WishVerb(Screen screen, Coordinator.Wish wish) {
        this.screen = screen;
        this.wish = wish;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StudyView view = server.coordinator().ask(study, wish);
        new Answer(screen, server.format()).tell("The study " + study + " is " + view.state() + ".", view);
        return Exit.DONE;
    }

    /** {@code tunefleet pause STUDY}. */
    @Command(
            name = "pause",
            description = "Lets a study rest: what runs is stored, nothing new begins.",
            mixinStandardHelpOptions = true)
    static final class Pause extends WishVerb {
        Pause(Screen screen) {
            super(screen, Coordinator.Wish.PAUSE);
        }
    }

    /** {@code tunefleet resume STUDY}. */
    @Command(name = "resume", description = "Lets a paused study go on.", mixinStandardHelpOptions = true)
    static final class Resume extends WishVerb {
        Resume(Screen screen) {
            super(screen, Coordinator.Wish.RESUME);
        }
    }

    /** {@code tunefleet stop STUDY}. */
    @Command(
            name = "stop",
            description = "Ends a study now; its best model so far is kept.",
            mixinStandardHelpOptions = true)
    static final class Stop extends WishVerb {
        Stop(Screen screen) {
            super(screen, Coordinator.Wish.STOP);
        }
    }
}
