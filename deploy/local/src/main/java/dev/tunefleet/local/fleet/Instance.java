package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

import dev.tunefleet.common.wire.Json;

/**
 * The folder of one fleet, held by this process under a file lock, so that no second launcher writes into it. The system
 * lets the lock go when the process ends in any way.
 */
public final class Instance implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_NANOSECONDS = 20_000_000;
    private static final String LOCK = "lock";
    private static final String STATUS = "fleet.json";

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private Instance(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the instance {@code name} of {@code home} for this process.
     *
     * @throws InstanceInUseException when another process has it, naming that process
     */
    public static Instance take(Home home, String name) throws IOException {
        if (!NAME.matcher(name).matches() || name.equals("cache")) {
            throw new IllegalArgumentException("The name (" + name
                    + ") of an instance must be letters, digits, dots, dashes and underscores, begin with a letter or digit "
                    + "and not be \"cache\".");
        }
        Path folder = Files.createDirectories(home.instance(name));
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Optional<FileLock> lock = tryLock(channel);
        for (int attempt = 1; lock.isEmpty() && attempt < ATTEMPTS; attempt++) {
            LockSupport.parkNanos(PAUSE_NANOSECONDS); // it may only be somebody who looks whether it is in use
            lock = tryLock(channel);
        }
        if (lock.isEmpty()) {
            channel.close();
            throw new InstanceInUseException(name, status(home, name));
        }
        return new Instance(folder, channel, lock.get());
    }

    /**
     * What the process that holds instance {@code name} says of itself; empty when none holds it. Not for use by the holder: on
     * Linux a process loses its lock when it closes any channel to the file.
     */
    public static Optional<FleetStatus> running(Home home, String name) throws IOException {
        Path lockFile = home.instance(name).resolve(LOCK);
        if (Files.notExists(lockFile)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            Optional<FileLock> lock = tryLock(channel);
            if (lock.isPresent()) {
                lock.get().release();
                return Optional.empty();
            }
        }
        return status(home, name);
    }

    public Path folder() {
        return folder;
    }

    public String name() {
        return folder.getFileName().toString();
    }

    /** Tells others what runs here; readers see the old or the new text, never half of one. */
    void publish(FleetStatus status) throws IOException {
        Path unfinished = folder.resolve(STATUS + ".unfinished");
        Files.write(unfinished, Json.MAPPER.writeValueAsBytes(status));
        Files.move(
                unfinished,
                folder.resolve(STATUS),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** What the last holder said; it may be gone. */
    Optional<FleetStatus> lastStatus() throws IOException {
        return read(folder);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve(STATUS));
        lock.release();
        channel.close();
    }

    private static Optional<FleetStatus> status(Home home, String name) throws IOException {
        return read(home.instance(name));
    }

    private static Optional<FleetStatus> read(Path folder) throws IOException {
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(folder.resolve(STATUS)), FleetStatus.class));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException heldByThisProcess) {
            return Optional.empty();
        }
    }
}
