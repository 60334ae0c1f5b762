package dev.tunefleet.local;

import dev.tunefleet.local.cli.Program;

/** The command {@code tunefleet}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Program.run(arguments));
    }
}
