package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the built programs lie in a checkout.
 *
 * @param root the top folder of the checkout
 */
public record Layout(Path root) {

    /** The system property by which the script tells where the checkout is. */
    public static final String ROOT_PROPERTY = "tunefleet.root";

    private static final String QUARKUS = "target/quarkus-app";

    public Layout {
        root = root.toAbsolutePath().normalize();
    }

    /** The checkout that this program was started from. */
    public static Layout ofThisProgram() {
        String root = System.getProperty(ROOT_PROPERTY);
        if (root == null) {
            throw new IllegalStateException(
                    "The system property " + ROOT_PROPERTY
                            + " must name the folder of the checkout. Maybe the program was not started by deploy/local/tunefleet.");
        }
        return new Layout(Path.of(root));
    }

    public Path coordinatorJar() {
        return root.resolve("coordinator").resolve(QUARKUS).resolve("quarkus-run.jar");
    }

    public Path workerJar() {
        return root.resolve("worker").resolve(QUARKUS).resolve("quarkus-run.jar");
    }

    public Path demo() {
        return root.resolve("deploy/local/demo");
    }

    /** The jar of this module. */
    public Path localJar() {
        return onlyJar(root.resolve("deploy/local/target"), "tunefleet-local-");
    }

    /** What the embedded broker runs from. */
    public String localClassPath() {
        return root.resolve("deploy/local/target/lib") + "/*" + System.getProperty("path.separator") + localJar();
    }

    /** The worker's classes and libraries as a plain class path, for its small programs beside the worker itself. */
    public String workerClassPath() {
        Path application = root.resolve("worker").resolve(QUARKUS);
        return String.join(
                System.getProperty("path.separator"),
                List.of(
                        application.resolve("app") + "/*",
                        application.resolve("lib/main") + "/*",
                        application.resolve("lib/boot") + "/*"));
    }

    private static Path onlyJar(Path folder, String prefix) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(prefix) && name.endsWith(".jar") && !name.contains("-tests");
                    })
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("The folder " + folder + " must hold a jar " + prefix
                            + "*.jar. Build it with ./mvnw package."));
        } catch (IOException failure) {
            throw new IllegalStateException(
                    "The folder " + folder + " must be readable. Build it with ./mvnw package.", failure);
        }
    }
}
