package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

import dev.tunefleet.local.fleet.Home;
import dev.tunefleet.local.fleet.Layout;
import dev.tunefleet.local.fleet.WorkerJvm;

/** {@code tunefleet bench lstm}. */
@Command(
        name = "bench",
        description = "Measures how fast this machine trains: \"bench lstm\" and what it takes after it.",
        mixinStandardHelpOptions = true)
final class BenchVerb implements Callable<Integer> {

    private static final Map<String, String> MAINS = Map.of("lstm", "dev.tunefleet.worker.bench.LstmBench");

    private final Screen screen;

    @Parameters(paramLabel = "WHAT", description = "lstm")
    private String what;

    @Unmatched
    private List<String> more = new ArrayList<>();

    BenchVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String main = MAINS.get(what);
        if (main == null) {
            throw new UserMistakeException("The bench (" + what + ") must be one of " + MAINS.keySet() + ".");
        }
        var program = new OtherProgram(Layout.ofThisProgram().workerClassPath(), main);
        return program.run(screen, WorkerJvm.options(Home.ofThisUser()), more);
    }
}
