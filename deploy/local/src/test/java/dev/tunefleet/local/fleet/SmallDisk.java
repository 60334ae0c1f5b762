package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own with as much room as a test gives it. Needs root on Linux. */
final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Whether this machine lets us make one. */
    static boolean possible() {
        return System.getProperty("user.name").equals("root") && Files.exists(Path.of("/proc/self/mounts"));
    }

    /** @param folder where it is to be; made where it is not there */
    static SmallDisk of(long bytes, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString());
        return new SmallDisk(folder);
    }

    Path folder() {
        return folder;
    }

    /** Gives it another size, which is at least what lies on it. */
    void resize(long bytes) throws IOException, InterruptedException {
        run("mount", "-o", "remount,size=" + bytes, folder.toString());
    }

    /** Takes away all room that is left. */
    void fill() throws IOException, InterruptedException {
        long page = 4096;
        long used = Files.getFileStore(folder).getTotalSpace()
                - Files.getFileStore(folder).getUnallocatedSpace();
        resize(Math.max(page, used));
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "--lazy", folder.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }
}
