package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.tunefleet.local.fleet.Home;
import dev.tunefleet.local.fleet.Layout;

/** {@code tunefleet demo}. */
@Command(
        name = "demo",
        description = "Tunes a forecast of daily births in the United States; takes about three minutes on two cores.",
        mixinStandardHelpOptions = true)
final class DemoVerb implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private RunSettings settings;

    DemoVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunOptions options = settings.options(Layout.ofThisProgram().demo().resolve("births.yaml"));
        String command = Invocation.command() + " demo" + settings.asArguments();
        return new StudyRun(options, Home.ofThisUser(), settings.screen(screen), command).run();
    }
}
