package dev.tunefleet.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The checked-out repository, and the tools on this machine. */
final class Repository {

    private Repository() {}

    /** A file or folder of the repository, by its path from the top. */
    static Path path(String fromTheTop) {
        return Path.of(System.getProperty("repository")).resolve(fromTheTop);
    }

    /** A folder that tests may write to. */
    static Path work(String name) throws IOException {
        return Files.createDirectories(Path.of(System.getProperty("work")).resolve(name));
    }

    /** Whether the tool is on the path. */
    static boolean has(String tool) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    /** What a tool printed, errors among it. */
    record Output(int exitCode, String text) {}

    static Output run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(work("output"), command.getFirst(), ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exitCode = process.waitFor();
        return new Output(exitCode, Files.readString(output, StandardCharsets.UTF_8));
    }
}
