package dev.tunefleet.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code tunefleet} without a verb: says which there are. */
@Command(
        name = "tunefleet",
        description = "Tunes LSTM models with a fleet of workers.",
        mixinStandardHelpOptions = true,
        versionProvider = Verbs.Version.class,
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            RunVerb.class,
            DemoVerb.class,
            CheckVerb.class,
            UpVerb.class,
            DownVerb.class,
            SubmitVerb.class,
            StudiesVerb.class,
            ShowVerb.class,
            TrialsVerb.class,
            WatchVerb.class,
            BestVerb.class,
            ParetoVerb.class,
            ImportanceVerb.class,
            WishVerb.Pause.class,
            WishVerb.Resume.class,
            WishVerb.Stop.class,
            ExtendVerb.class,
            EnqueueVerb.class,
            DeleteVerb.class,
            ExportVerb.class,
            ReportVerb.class,
            PredictVerb.class,
            LogsVerb.class,
            SearchVerb.class,
            BenchVerb.class,
            SimulateVerb.class,
            HelpCommand.class
        },
        footerHeading = "%nExit codes: ",
        footer = {
            "0 done; 1 the study failed or the server refused; 2 wrong usage or study file;",
            "3 a program or server does not run; 4 another process is at it; 130 stopped by Ctrl-C."
        })
final class Verbs implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A verb must be given.");
    }

    /** Reads the version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Verbs.class.getPackage().getImplementationVersion();
            return new String[] {"tunefleet " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
