package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import dev.tunefleet.local.fleet.Fleet;
import dev.tunefleet.local.fleet.FleetFailedException;
import dev.tunefleet.local.fleet.FleetPlan;
import dev.tunefleet.local.fleet.Home;
import dev.tunefleet.local.fleet.Instance;

/** {@code tunefleet up}. */
@Command(
        name = "up",
        description = {
            "Starts a fleet on this machine that takes studies over REST until Ctrl-C or \"tunefleet down\".",
            "To have it in the background, end the line with &."
        },
        mixinStandardHelpOptions = true)
final class UpVerb implements Callable<Integer> {

    static final String USUAL_INSTANCE = "default";

    private final Screen screen;

    @Option(names = "--workers", paramLabel = "N", description = "How many worker processes.")
    private Integer workers;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            defaultValue = USUAL_INSTANCE,
            description = "Where the fleet keeps its data; ${DEFAULT-VALUE} by default.")
    private String instance;

    UpVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home home = Home.ofThisUser();
        int cores = Runtime.getRuntime().availableProcessors();
        int count = workers == null ? FleetPlan.usualWorkers(cores) : workers;
        FleetPlan plan = FleetPlan.of(count, cores, List.of());
        Instance taken = Instance.take(home, instance);
        screen.line("Starting a broker, a coordinator and " + count + " workers in " + taken.folder() + " …");
        try (Fleet fleet = Fleet.start(home, taken, plan, screen::line)) {
            screen.line("The fleet is up: " + fleet.server() + ", Kafka at " + fleet.bootstrapServers()
                    + ". It stops with Ctrl-C or \"" + Invocation.command() + " down --instance " + instance + "\".");
            while (fleet.failure().isEmpty()) {
                Thread.sleep(500);
            }
            throw new FleetFailedException(fleet.failure().orElseThrow());
        }
    }
}
