package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The folder of one user in which all fleets of this machine keep what they write.
 *
 * @param folder absolute; made when first needed
 */
public record Home(Path folder) {

    /** The environment variable that overrides where the folder is. */
    public static final String VARIABLE = "TUNEFLEET_HOME";

    private static final String CACHE = "cache";

    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    /** The folder of the user who runs this program. */
    public static Home ofThisUser() {
        return of(System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
    }

    /** What each system's convention says: XDG on Linux, Library on macOS, LOCALAPPDATA on Windows. */
    static Home of(Map<String, String> environment, String system, Path userHome) {
        String chosen = environment.getOrDefault(VARIABLE, "");
        if (!chosen.isBlank()) {
            return new Home(Path.of(chosen));
        }
        String name = system.toLowerCase(Locale.ROOT);
        if (name.contains("mac")) {
            return new Home(userHome.resolve("Library/Application Support/tunefleet"));
        }
        if (name.contains("windows")) {
            String data = environment.getOrDefault("LOCALAPPDATA", "");
            Path base = data.isBlank() ? userHome.resolve("AppData/Local") : Path.of(data);
            return new Home(base.resolve("tunefleet"));
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        // The XDG specification says that a relative path in it is to be ignored.
        Path base = data.isBlank() || !Path.of(data).isAbsolute() ? userHome.resolve(".local/share") : Path.of(data);
        return new Home(base.resolve("tunefleet"));
    }

    public Path instance(String name) {
        return folder.resolve(name);
    }

    /** What all instances share: the native libraries, unpacked once (about 400 MB). */
    public Path nativeCache() {
        return folder.resolve(CACHE).resolve("javacpp");
    }

    /** The instances that were ever used, running or not, by name. */
    public List<String> instances() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.equals(CACHE))
                    .sorted()
                    .toList();
        }
    }
}
