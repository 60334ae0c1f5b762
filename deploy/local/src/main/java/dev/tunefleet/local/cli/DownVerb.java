package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import dev.tunefleet.local.fleet.FleetStatus;
import dev.tunefleet.local.fleet.Home;
import dev.tunefleet.local.fleet.Instance;

/** {@code tunefleet down}. */
@Command(
        name = "down",
        description = "Stops the fleet of an instance on this machine; its data stays.",
        mixinStandardHelpOptions = true)
final class DownVerb implements Callable<Integer> {

    private static final int PATIENCE_SECONDS = 90;

    private final Screen screen;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            defaultValue = UpVerb.USUAL_INSTANCE,
            description = "The fleet's instance; ${DEFAULT-VALUE} by default.")
    private String instance;

    DownVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Optional<FleetStatus> status = Instance.running(Home.ofThisUser(), instance);
        Optional<ProcessHandle> launcher = status.flatMap(found -> ProcessHandle.of(found.pid()));
        if (launcher.isEmpty()) {
            screen.line("No fleet runs in instance " + instance + ".");
            return Exit.DONE;
        }
        launcher.get().destroy();
        try {
            launcher.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            screen.error("The fleet (process " + launcher.get().pid() + ") of instance " + instance
                    + " must end within " + PATIENCE_SECONDS + " s, but did not.");
            return Exit.UNAVAILABLE;
        }
        screen.line("The fleet of instance " + instance + " is stopped.");
        return Exit.DONE;
    }
}
