package dev.tunefleet.local.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

import dev.tunefleet.common.spec.Budget;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.studyfile.Durations;
import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;

/** {@code tunefleet extend STUDY --trials N}. */
@Command(
        name = "extend",
        description = "Gives a study a larger budget; one that had ended goes on.",
        mixinStandardHelpOptions = true)
final class ExtendVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "STUDY", description = "The name of the study.")
    private String study;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private Larger larger;

    @Mixin
    private ServerSettings server;

    /** What may be enlarged. */
    static final class Larger {
        @Option(names = "--trials", paramLabel = "N", description = "How many trials in all.")
        private Integer trials;

        @Option(
                names = "--time",
                paramLabel = "TIME",
                converter = Time.class,
                description = "How long in all, pauses not counted, such as 90m or 1h30m.")
        private Duration time;

        private Budget of(Budget known) {
            return new Budget(
                    trials == null ? known.trials() : trials,
                    time == null ? known.time() : Optional.of(time),
                    known.epochs(),
                    known.parallel(),
                    known.target(),
                    known.patience(),
                    known.failures());
        }
    }

    /** Reads a length of time as study files have it. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Durations.parse(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "The time (" + text + ") must be a length such as 90m or 1h30m."));
        }
    }

    ExtendVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Coordinator coordinator = server.coordinator();
        StudySpec known = coordinator.study(study).spec().orElseThrow();
        StudyView view = coordinator.create(known.withBudget(larger.of(known.budget())));
        String sentence =
                "The study " + study + " is " + view.state() + " and may try " + view.requested() + " trials.";
        new Answer(screen, server.format()).tell(sentence, view);
        return Exit.DONE;
    }
}
