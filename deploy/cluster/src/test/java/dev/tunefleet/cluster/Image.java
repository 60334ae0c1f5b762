package dev.tunefleet.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An image's root file system in a folder, made as the Dockerfile says, without docker: its lines are carried out with the JDK at hand, on
 * the C and C++ libraries of this machine instead of those of the base image.
 */
final class Image {

    private static final Path CONTEXT = Repository.path("deploy/images");
    /** What every base image has; the worker's native libraries must bring the rest along. */
    private static final List<String> BASE_LIBRARIES = List.of(
            "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libstdc++.so.6", "libgcc_s.so.1");

    private static final Pattern LISTED = Pattern.compile("(?m)^\\s*(\\S+) \\(.*x86-64.*\\) => (\\S+)$");
    private static final String FROM_STAGE = "--from=";
    private static final String LOADER = "lib64/ld-linux-x86-64.so.2";

    private final Dockerfile dockerfile;
    private final String program;
    private final Path root;
    private final Path stages;

    private Image(Dockerfile dockerfile, String program, Path root, Path stages) {
        this.dockerfile = dockerfile;
        this.program = program;
        this.root = root;
        this.stages = stages;
    }

    /** Lays {@code program}'s image out in {@code root}, with the stages that it copies from in {@code stages}, where both images share them. */
    static Image unpack(String program, Path root, Path stages) throws IOException, InterruptedException {
        var image = new Image(Dockerfile.read(), program, root, stages);
        image.layBase();
        image.copyAll(program, root);
        return image;
    }

    Path root() {
        return root;
    }

    String program() {
        return program;
    }

    /** User and group, as numbers. */
    String user() {
        return dockerfile.only(program, "USER").rest();
    }

    Map<String, String> environment() {
        return dockerfile.environment(program);
    }

    List<String> entrypoint() throws IOException {
        return dockerfile.entrypoint(program);
    }

    private void layBase() throws IOException, InterruptedException {
        Matcher known = LISTED.matcher(run(List.of("ldconfig", "-p")));
        Path libraries = Files.createDirectories(root.resolve("lib/x86_64-linux-gnu"));
        while (known.find()) {
            if (BASE_LIBRARIES.contains(known.group(1))) {
                Files.copy(
                        Path.of(known.group(2)).toRealPath(),
                        libraries.resolve(known.group(1)),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.createDirectories(root.resolve(LOADER).getParent());
        Files.copy(Path.of("/" + LOADER).toRealPath(), root.resolve(LOADER), StandardCopyOption.REPLACE_EXISTING);
        for (String folder : List.of("tmp", "proc", "dev", "etc")) {
            Files.createDirectories(root.resolve(folder));
        }
    }

    private void copyAll(String stage, Path target) throws IOException, InterruptedException {
        for (var copy : dockerfile.of(stage, "COPY").toList()) {
            List<String> words = copy.words();
            String from = words.getFirst();
            copy(
                    from.startsWith(FROM_STAGE)
                            ? stage(from.substring(FROM_STAGE.length()))
                                    .resolve(words.get(1).substring(1))
                            : CONTEXT.resolve(from.replace("${TARGETARCH}", "amd64")),
                    target.resolve(words.getLast().substring(1)));
        }
    }

    /** The root of the stage {@code name}, of which its own command sees nothing but {@code /opt}. */
    private Path stage(String name) throws IOException, InterruptedException {
        Path folder = stages.resolve(name);
        if (Files.notExists(folder)) {
            Files.createDirectories(folder.resolve("opt"));
            copyAll(name, folder);
            String command = dockerfile
                    .only(name, "RUN")
                    .rest()
                    .replace("$JAVA_HOME", System.getProperty("java.home"))
                    .replace("/opt/", folder + "/opt/");
            run(List.of("sh", "-c", command));
        }
        return folder;
    }

    /** As COPY: the content of a folder goes into the target, a file becomes the target; times are kept. */
    private static void copy(Path from, Path target) throws IOException, InterruptedException {
        Files.createDirectories(Files.isDirectory(from) ? target : target.getParent());
        run(List.of(
                "cp", "-R", "--preserve=timestamps", from + (Files.isDirectory(from) ? "/." : ""), target.toString()));
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Repository.Output output = Repository.run(CONTEXT, command);
        assertThat(output.exitCode()).as(command + "\n" + output.text()).isZero();
        return output.text();
    }
}
