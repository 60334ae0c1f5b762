package dev.tunefleet.common.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.common.trial.BlobRef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FileBlobStoreTest extends BlobStoreContract {

    private static final int TIMES = 1000;

    @TempDir
    Path folder;

    @Override
    protected BlobStore store() {
        return new FileBlobStore(folder);
    }

    @Test
    void aFolderThatIsMissingIsAStoreThatIsAwayAndNotOneWithoutBlobs() throws IOException {
        Path mounted = folder.resolve("mounted");
        var store = new FileBlobStore(mounted);
        BlobRef ref = store.put("datasets/a", new byte[] {1});

        Files.move(mounted, folder.resolve("unmounted"));

        assertAway(() -> store.get(ref));
        assertAway(() -> store.describe("datasets/a"));
        assertAway(() -> store.size("datasets/a"));
        assertAway(() -> store.list("datasets/"));
        assertAway(() -> store.delete("datasets/a"));
        assertAway(() -> store.put("datasets/b", new byte[] {2}));
        assertThat(mounted).doesNotExist();
        Files.move(folder.resolve("unmounted"), mounted);
        assertThat(store.get(ref)).containsExactly(1);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> new FileBlobStore(file.resolve("blobs")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.resolve("blobs").toString());
    }

    @Test
    void whatIsBeingStoredIsNoBlobAndCanBeFoundAndDeleted() throws IOException {
        store().put("checkpoints/births/0/3-x", new byte[] {1});
        String begun = "checkpoints/births/0/.unfinished-" + UUID.randomUUID();
        Files.write(folder.resolve(begun), new byte[] {1});
        Files.setLastModifiedTime(folder.resolve(begun), FileTime.from(Instant.EPOCH));

        List<StoredBlob> unfinished = store().unfinished("checkpoints/");
        List<String> complete = store().list("checkpoints/");
        store().delete(begun);

        assertThat(unfinished).containsExactly(new StoredBlob(begun, Instant.EPOCH));
        assertThat(complete).containsExactly("checkpoints/births/0/3-x");
        assertThat(store().unfinished("checkpoints/")).isEmpty();
        assertThat(store().list("checkpoints/")).isEqualTo(complete);
    }

    @Test
    void noFolderOfATrialIsLeftWithoutItsBlobs() throws IOException {
        store().put("checkpoints/births/0/3-x", new byte[] {1});
        store().put("checkpoints/births/1/3-x", new byte[] {1});

        store().delete("checkpoints/births/0/3-x");

        assertThat(folder.resolve("checkpoints/births/0")).doesNotExist();
        assertThat(store().list("")).containsExactly("checkpoints/births/1/3-x");
        store().delete("checkpoints/births/1/3-x");
        assertThat(folder.resolve("checkpoints")).isEmptyDirectory();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aLinkToAnotherDiskStays() throws IOException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path link = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("checkpoints")).resolve("births"), disk);
        store().put("checkpoints/births/0/3-x", new byte[] {1});

        store().delete("checkpoints/births/0/3-x");

        assertThat(link).isSymbolicLink();
        assertThat(disk).isEmptyDirectory();
    }

    @Test
    void whoStoresIsNotDisturbedByWhoDeletesBeside() throws Exception {
        var together = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> both = Stream.of("checkpoints/births/0/a", "checkpoints/births/0/b")
                    .<Future<?>>map(key -> threads.submit(() -> {
                        together.await();
                        for (int time = 0; time < TIMES; time++) {
                            store().put(key, new byte[] {1});
                            store().delete(key);
                        }
                        return null;
                    }))
                    .toList();

            for (Future<?> each : both) {
                assertThatCode(each::get).doesNotThrowAnyException();
            }
        }
        assertThat(store().unfinished("")).isEmpty();
    }

    private void assertAway(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("must be there");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatTheSystemSaysOfAFullDeviceIsUnderstood() {
        IOException failure =
                catchThrowableOfType(IOException.class, () -> Files.write(Path.of("/dev/full"), new byte[] {1}));

        assertThat(understood(failure)).isInstanceOf(StoreFullException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileLargerThanAProcessMayWriteIsUnderstood() throws Exception {
        Path target = folder.resolve("large");
        String limited = "ulimit -f 1; trap '' XFSZ; head -c 100000 /dev/zero >'" + target + "'";

        Process writer = new ProcessBuilder("/bin/sh", "-c", limited)
                .redirectErrorStream(true)
                .start();
        String said = new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(writer.waitFor()).isNotZero();
        assertThat(understood(new IOException(said))).isInstanceOf(StoreFullException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderInWhichTheSystemLetsNobodyMakeFoldersForbids() {
        var store = new FileBlobStore(Path.of("/sys/kernel"));

        assertThatThrownBy(() -> store.put("models/a", new byte[] {1})).isInstanceOf(StoreForbidsException.class);
    }

    @Test
    void aDiskThatMayNotBeWrittenForbids() {
        assertThat(understood(new FileSystemException("/blobs/models", null, "Read-only file system")))
                .isInstanceOf(StoreForbidsException.class)
                .hasMessageContaining("must let this process store blob models/a")
                .hasMessageContaining("Read-only file system");
        assertThat(understood(new AccessDeniedException("/blobs/models"))).isInstanceOf(StoreForbidsException.class);
    }

    @Test
    void aDiskThatFailsOtherwiseIsNeitherFullNorForbids() {
        assertThat(understood(new IOException("Input/output error"))).isNotInstanceOf(StoreRefusesException.class);
        assertThat(understood(new IOException())).isNotInstanceOf(StoreRefusesException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatLetsNobodyInForbidsEvenToList() throws Exception {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(folder);
        Files.setPosixFilePermissions(folder, Set.of());
        try {
            assertThat(listedWithoutPrivileges()).contains("must let this process list blob health/");
        } finally {
            Files.setPosixFilePermissions(folder, rights);
        }
    }

    /** What a process says that lists a store in the folder; one that the rights of files bind, as they do not bind root. */
    private String listedWithoutPrivileges() throws Exception {
        var command = new ArrayList<String>();
        if (Files.isReadable(folder)) {
            command.addAll(List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Listing.class.getName(),
                folder.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** Lists a store in the folder that is its argument. */
    static final class Listing {
        private Listing() {}

        public static void main(String[] arguments) throws IOException {
            IO.println(new FileBlobStore(Path.of(arguments[0])).list("health/"));
        }
    }

    private static IOException understood(IOException failure) {
        return FileBlobStore.understood("models/a", failure);
    }
}
