package dev.tunefleet.common.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;

import dev.tunefleet.common.trial.BlobRef;

/**
 * A {@link BlobStore} in a folder; a blob appears by an atomic rename. While the folder itself is not there the store is away,
 * which is something else than a store without that blob: the folder is made at the start and never again.
 */
public final class FileBlobStore implements BlobStore {

    private static final String UNFINISHED = ".unfinished-";
    /** So often a folder is made that is gone when something is to be written to it. */
    private static final int ATTEMPTS = 10;

    /** What Linux, macOS and Windows say of a full disk, of a used-up quota and of a limit for the size of files. */
    private static final List<String> FULL =
            List.of("no space left", "not enough space", "quota exceeded", "not enough quota", "file too large");
    /** What they say where nothing may be written. */
    private static final List<String> FORBIDDEN =
            List.of("read-only file system", "write protected", "permission denied", "operation not permitted");

    private final Path folder;

    public FileBlobStore(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(this.folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The folder (" + this.folder + ") of the blob store must be there or be possible to make: "
                            + failure.getMessage(),
                    failure);
        }
    }

    @Override
    public BlobRef put(String key, byte[] content) throws IOException {
        write(key, unfinished -> Files.write(unfinished, content));
        return new BlobRef(key, Sha256.of(content), content.length);
    }

    @Override
    public BlobRef put(String key, Path file) throws IOException {
        write(key, unfinished -> Files.copy(file, unfinished));
        return describe(key);
    }

    private void write(String key, Content content) throws IOException {
        Path target = path(key);
        for (int attempt = 1; ; attempt++) {
            present();
            try {
                writeOnce(target, content);
                return;
            } catch (NoSuchFileException | FileAlreadyExistsException failure) {
                // Who deletes what else lay in the folder may remove it before anything lies there again.
                if (attempt == ATTEMPTS) {
                    throw failure;
                }
            } catch (IOException failure) {
                throw understood(key, failure);
            }
        }
    }

    private static void writeOnce(Path target, Content content) throws IOException {
        Path unfinished = target.resolveSibling(UNFINISHED + UUID.randomUUID());
        try {
            Files.createDirectories(target.getParent());
            content.writeTo(unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            // Not where nothing was begun: a file system that is read-only refuses even that.
            if (Files.exists(unfinished)) {
                Files.delete(unfinished);
            }
        }
    }

    /** What {@code failure} means where it is no passing one: mostly known by its text alone, for Java has few types for it. */
    static IOException understood(String key, IOException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (FULL.stream().anyMatch(text::contains)) {
            return new StoreFullException(key, failure);
        }
        boolean forbidden =
                failure instanceof AccessDeniedException || FORBIDDEN.stream().anyMatch(text::contains);
        return forbidden ? new StoreForbidsException("store", key, failure) : failure;
    }

    @Override
    public byte[] get(BlobRef ref) throws IOException {
        byte[] content = here(ref.key(), Files::readAllBytes);
        String found = Sha256.of(content);
        if (!found.equals(ref.sha256())) {
            throw new DigestMismatchException(ref, found);
        }
        return content;
    }

    @Override
    public BlobRef describe(String key) throws IOException {
        return new BlobRef(key, here(key, Sha256::of), size(key));
    }

    @Override
    public long size(String key) throws IOException {
        return here(key, Files::size);
    }

    @Override
    public List<StoredBlob> survey(String prefix) throws IOException {
        return files(prefix, name -> !name.startsWith(UNFINISHED));
    }

    @Override
    public List<StoredBlob> unfinished(String prefix) throws IOException {
        return files(prefix, name -> name.startsWith(UNFINISHED));
    }

    private List<StoredBlob> files(String prefix, Predicate<String> named) throws IOException {
        Path start = folder.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        if (!Files.isDirectory(start)) {
            present();
            open(prefix);
            return List.of();
        }
        var found = new ArrayList<StoredBlob>();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String key = folder.relativize(file).toString().replace('\\', '/');
                if (attributes.isRegularFile()
                        && key.startsWith(prefix)
                        && named.test(file.getFileName().toString())) {
                    found.add(new StoredBlob(key, attributes.lastModifiedTime().toInstant()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        found.sort(Comparator.comparing(StoredBlob::key));
        return found;
    }

    @Override
    public void delete(String key) throws IOException {
        present();
        Path blob = path(key);
        Files.deleteIfExists(blob);
        removeWhatIsEmpty(blob.getParent());
    }

    /** Each trial has a folder of its own. What lies in the store itself was perhaps put there by hand, as a link to a disk. */
    private void removeWhatIsEmpty(Path innermost) throws IOException {
        try {
            for (Path empty = innermost;
                    empty.getNameCount() > folder.getNameCount() + 1
                            && Files.isDirectory(empty, LinkOption.NOFOLLOW_LINKS);
                    empty = empty.getParent()) {
                Files.delete(empty);
            }
        } catch (DirectoryNotEmptyException | NoSuchFileException | AccessDeniedException stays) {
            // It is in use, has gone already, or is another's.
            return;
        }
    }

    private <T> T here(String key, Answer<T> answer) throws IOException {
        try {
            return answer.of(path(key));
        } catch (NoSuchFileException absent) {
            present();
            throw absent;
        } catch (AccessDeniedException forbidden) {
            throw new StoreForbidsException("read", key, forbidden);
        }
    }

    private void present() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("The folder (" + folder
                    + ") of the blob store must be there, but is not. Maybe its disk is not mounted.");
        }
    }

    /** In a folder that lets us in to nothing, what is there looks as if it were not. */
    private void open(String prefix) throws StoreForbidsException {
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new StoreForbidsException("list", prefix, new AccessDeniedException(folder.toString()));
        }
    }

    private Path path(String key) throws NoSuchFileException {
        return folder.resolve(BlobKey.checked(key)).normalize();
    }

    /** What is asked of a file that may not be there. */
    private interface Answer<T> {
        T of(Path file) throws IOException;
    }

    /** Writes what a blob holds to a file. */
    private interface Content {
        void writeTo(Path unfinished) throws IOException;
    }
}
