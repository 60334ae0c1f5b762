package dev.tunefleet.local.cli;

import picocli.CommandLine.Command;

/** {@code tunefleet search}, of which only the help is here: the script starts the search at once, without this program. */
@Command(
        name = "search",
        description = "Answers ask and tell requests, one JSON object a line on standard input and output.",
        mixinStandardHelpOptions = true)
final class SearchVerb implements Runnable {

    @Override
    public void run() {
        throw new UserMistakeException("The verb (search) must be run by the script " + Invocation.command()
                + " and stand before all options.");
    }
}
