package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

import dev.tunefleet.local.fleet.Layout;

/** {@code tunefleet search}; the script starts it without this program, which would double the time to the first answer. */
@Command(
        name = "search",
        description = "Answers ask and tell requests, one JSON object a line on standard input and output.",
        mixinStandardHelpOptions = true)
final class SearchVerb implements Callable<Integer> {

    private static final String MAIN = "dev.tunefleet.coordinator.asktell.AskTellServer";

    private final Screen screen;

    @Unmatched
    private List<String> more = new ArrayList<>();

    SearchVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var program = new OtherProgram(Layout.ofThisProgram().coordinatorClassPath(), MAIN);
        return program.run(screen, List.of("-XX:+UseSerialGC"), more);
    }
}
