package dev.tunefleet.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import dev.tunefleet.local.fleet.Home;
import dev.tunefleet.local.simulation.Load;

/** {@code tunefleet simulate}. */
@Command(
        name = "simulate",
        description = {
            "Measures a broker and a coordinator under the load of workers that only pretend to train.",
            "Prints a table and draws it. Takes the length of one and a half trials and a minute for each size."
        },
        mixinStandardHelpOptions = true)
final class SimulateVerb implements Callable<Integer> {

    private final Screen screen;

    @Option(
            names = "--workers",
            paramLabel = "N",
            split = ",",
            defaultValue = "100,1000,5000",
            description = "How many slots, one size after another. Default: ${DEFAULT-VALUE}")
    private List<Integer> workers = new ArrayList<>();

    @Option(
            names = "--trial-seconds",
            paramLabel = "S",
            defaultValue = "60",
            description = "How long a trial takes on average. Default: ${DEFAULT-VALUE}")
    private int trialSeconds;

    @Option(
            names = "--measure-seconds",
            paramLabel = "S",
            defaultValue = "60",
            description = "How long each size is measured. Default: ${DEFAULT-VALUE}")
    private int measureSeconds;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "simulation.svg",
            description = "Where the picture goes. Default: ${DEFAULT-VALUE}")
    private Path output;

    SimulateVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Duration trial = Duration.ofSeconds(trialSeconds);
        List<Load> loads = workers.stream().map(slots -> new Load(slots, trial)).toList();
        if (measureSeconds < 1) {
            throw new UserMistakeException("The --measure-seconds (" + measureSeconds + ") must be at least 1.");
        }
        return new SimulationRun(Home.ofThisUser(), screen)
                .run(loads, Duration.ofSeconds(measureSeconds), output.toAbsolutePath());
    }
}
