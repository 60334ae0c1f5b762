package dev.tunefleet.local.cli;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import picocli.CommandLine.Option;

import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.fleet.Home;
import dev.tunefleet.local.fleet.Instance;

/** The options of verbs that ask a running coordinator. */
final class ServerSettings {

    private static final String VARIABLE = "TUNEFLEET_SERVER";
    /** Not an option: what stands on a command line is seen by everybody on the machine. */
    private static final String TOKEN = "TUNEFLEET_TOKEN";

    /** How an answer is printed. */
    enum Format {
        TABLE,
        JSON,
        CSV
    }

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The coordinator's address; else that in " + VARIABLE
                    + ", else that of the fleet that runs on this machine.")
    private URI server;

    @Option(names = "--instance", paramLabel = "NAME", description = "Which of several fleets on this machine.")
    private String instance;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json or csv; ${DEFAULT-VALUE} by default.")
    private Format format;

    Format format() {
        return format;
    }

    /** The coordinator that the options, the environment or the running fleets name. */
    Coordinator coordinator() throws IOException {
        return new Coordinator(
                address(), Optional.of(System.getenv().getOrDefault(TOKEN, "")).filter(token -> !token.isBlank()));
    }

    private URI address() throws IOException {
        if (server != null) {
            return server;
        }
        String environment = System.getenv().getOrDefault(VARIABLE, "");
        if (instance == null && !environment.isBlank()) {
            return URI.create(environment);
        }
        Home home = Home.ofThisUser();
        List<String> names = instance == null ? home.instances() : List.of(instance);
        var found = new ArrayList<URI>();
        for (String name : names) {
            Instance.running(home, name).ifPresent(status -> found.add(URI.create(status.server())));
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new UserMistakeException(
                found.isEmpty()
                        ? "No fleet runs on this machine"
                                + (instance == null ? "" : " in instance " + instance)
                                + ": give --server, or start one with \"" + Invocation.command() + " up\"."
                        : found.size() + " fleets run on this machine: choose one with --instance, one of " + names
                                + ".");
    }
}
