package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How one process of a fleet is started.
 *
 * @param name what people call it, and its log file
 * @param environment added to the launcher's own
 * @param log the file that gets all its output
 */
record Program(String name, List<String> command, Map<String, String> environment, Path log) {

    private static final long LARGEST_LOG = 10L << 20;
    private static final boolean WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");

    Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /**
     * Starts it. Its standard input stays open as long as the launcher lives; it does not see the terminal's Ctrl-C, so that the
     * launcher can stop the fleet in the order that loses nothing.
     */
    Process start() throws IOException {
        Files.createDirectories(log.getParent());
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        var line = new ArrayList<String>();
        if (!WINDOWS) {
            line.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        }
        line.addAll(command);
        var builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
