package dev.tunefleet.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs an image as its pod would: from its own root, which is read-only, as its user, without a capability and without a way to gain one, with the
 * pod's volumes writable. Network and processes are those of this machine; there are no control groups.
 */
final class Container {

    /** What drops the last privileges once the root is changed; it lies in a volume, for the image has no such tool. */
    private static final List<Path> STARTER = List.of(
            Path.of("/usr/bin/setpriv"),
            Path.of("/lib/x86_64-linux-gnu/libcap-ng.so.0"),
            Path.of("/lib/x86_64-linux-gnu/libc.so.6"),
            Path.of("/lib64/ld-linux-x86-64.so.2"));

    private static final String STARTER_FOLDER = ".start";

    private final Image image;
    private final Map<String, Path> volumes = new TreeMap<>();

    private Container(Image image) {
        this.image = image;
    }

    /** @param folder where the volumes lie that begin empty; each is called like the place where it is mounted */
    static Container of(Image image, Path folder, List<String> emptyVolumes) throws IOException {
        var container = new Container(image);
        for (String place : emptyVolumes) {
            Path volume =
                    Files.createDirectories(folder.resolve(place.substring(1).replace('/', '-')));
            container.mount(place, volume);
            container.own(volume);
        }
        return container;
    }

    /** Whether this machine can do it. */
    static boolean possible() throws IOException, InterruptedException {
        return STARTER.stream().allMatch(Files::exists)
                && Repository.has("unshare")
                && Repository.has("chroot")
                && "root".equals(System.getProperty("user.name"))
                && Repository.run(Path.of("/"), List.of("unshare", "--mount", "true"))
                                .exitCode()
                        == 0;
    }

    /** Puts what lies in {@code volume} at {@code place}. */
    void mount(String place, Path volume) throws IOException {
        Files.createDirectories(image.root().resolve(place.substring(1)));
        volumes.put(place, volume);
    }

    /** The process that becomes the program, with the image's environment; the caller adds the pod's. */
    ProcessBuilder process() throws IOException {
        String user = image.user();
        var command = new ArrayList<>(List.of(
                "chroot",
                image.root().toString(),
                "/tmp/" + STARTER_FOLDER + "/ld-linux-x86-64.so.2",
                "--library-path",
                "/tmp/" + STARTER_FOLDER,
                "/tmp/" + STARTER_FOLDER + "/setpriv",
                "--reuid=" + user.replaceFirst(":.*", ""),
                "--regid=" + user.replaceFirst(".*:", ""),
                "--clear-groups",
                "--inh-caps=-all",
                "--bounding-set=-all",
                "--no-new-privs",
                "--"));
        command.addAll(image.entrypoint());
        Path starter = Files.createDirectories(volumes.get("/tmp").resolve(STARTER_FOLDER));
        for (Path file : STARTER) {
            Path copy = starter.resolve(file.getFileName());
            if (Files.notExists(copy)) {
                Files.copy(file.toRealPath(), copy);
            }
        }
        var shell = new ArrayList<>(List.of("unshare", "--mount", "sh", "-ec", mounts() + "exec \"$@\"", "container"));
        shell.addAll(command);
        var builder = new ProcessBuilder(shell);
        String path = builder.environment().get("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().putAll(image.environment());
        return builder;
    }

    /** Every mount is this process's own and gone with it. */
    private String mounts() {
        Path root = image.root();
        var lines = new StringBuilder();
        lines.append("mount --bind %s %s\n".formatted(root, root));
        lines.append("mount -t proc proc %s/proc\n".formatted(root));
        lines.append("mount -t tmpfs -o mode=755 tmpfs %s/dev\n".formatted(root));
        for (String device : List.of("null", "zero", "random", "urandom")) {
            lines.append(
                    ": >%s/dev/%s\nmount --bind /dev/%s %s/dev/%s\n".formatted(root, device, device, root, device));
        }
        volumes.forEach((place, volume) -> lines.append("mount --bind %s %s%s\n".formatted(volume, root, place)));
        lines.append("mount -o remount,bind,ro %s\n".formatted(root));
        return lines.toString();
    }

    private void own(Path volume) throws IOException {
        int user = Integer.parseInt(image.user().replaceFirst(":.*", ""));
        int group = Integer.parseInt(image.user().replaceFirst(".*:", ""));
        Files.setAttribute(volume, "unix:uid", user);
        Files.setAttribute(volume, "unix:gid", group);
    }
}
