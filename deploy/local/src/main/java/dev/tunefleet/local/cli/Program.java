package dev.tunefleet.local.cli;

import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import java.util.Map;

import picocli.CommandLine;

import dev.tunefleet.common.studyfile.StudyFileException;
import dev.tunefleet.local.client.RefusedException;
import dev.tunefleet.local.client.UnreachableException;
import dev.tunefleet.local.fleet.FleetFailedException;
import dev.tunefleet.local.fleet.InstanceInUseException;

/** The command line as a whole: its verbs, and what becomes of what they throw. */
public final class Program {

    private static final Map<Class<? extends Exception>, Integer> CODES = Map.of(
            StudyFileException.class, Exit.USAGE,
            UserMistakeException.class, Exit.USAGE,
            IllegalArgumentException.class, Exit.USAGE,
            RefusedException.class, Exit.REFUSED,
            UnreachableException.class, Exit.UNAVAILABLE,
            ConnectException.class, Exit.UNAVAILABLE,
            FleetFailedException.class, Exit.UNAVAILABLE,
            InstanceInUseException.class, Exit.IN_USE,
            AlreadyRunningException.class, Exit.IN_USE);

    private Program() {}

    /** Runs one command line; returns its exit code. */
    public static int run(String... arguments) {
        return run(Screen.ofThisProcess(), arguments);
    }

    /** As {@link #run(String...)}, with another screen to print to. */
    static int run(Screen screen, String... arguments) {
        var commands = new CommandLine(new Verbs(), factory(screen));
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setExecutionExceptionHandler((failure, command, parsed) -> explain(screen, failure));
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(
                screen.isTerminal() ? CommandLine.Help.Ansi.AUTO : CommandLine.Help.Ansi.OFF));
        return commands.execute(arguments);
    }

    /** Verbs are made with the screen they print to. */
    private static CommandLine.IFactory factory(Screen screen) {
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                try {
                    return type.getDeclaredConstructor(Screen.class).newInstance(screen);
                } catch (NoSuchMethodException noScreenWanted) {
                    return CommandLine.defaultFactory().create(type);
                }
            }
        };
    }

    private static int explain(Screen screen, Exception failure) throws Exception {
        if (failure instanceof NoSuchFileException absent) {
            screen.error("The file (" + absent.getFile() + ") must exist.");
            return Exit.USAGE;
        }
        Integer code = CODES.get(failure.getClass());
        if (code == null) {
            throw failure;
        }
        screen.error(failure.getMessage());
        return code;
    }
}
