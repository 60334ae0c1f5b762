package dev.tunefleet.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

import dev.tunefleet.local.fleet.Home;
import dev.tunefleet.local.fleet.Layout;
import dev.tunefleet.local.fleet.WorkerJvm;

/** {@code tunefleet check STUDY.yaml}. */
@Command(
        name = "check",
        description = "Reads a study file and its data, counts windows, and estimates memory and time; trains nothing.",
        mixinStandardHelpOptions = true)
final class CheckVerb implements Callable<Integer> {

    private static final String MAIN = "dev.tunefleet.worker.check.Check";

    private final Screen screen;

    @Parameters(paramLabel = "STUDY.yaml", description = "The study file.")
    private Path study;

    @Unmatched
    private List<String> more = new ArrayList<>();

    CheckVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(study.toString()));
        arguments.addAll(more);
        var program = new OtherProgram(Layout.ofThisProgram().workerClassPath(), MAIN);
        return program.run(screen, WorkerJvm.options(Home.ofThisUser()), arguments);
    }
}
