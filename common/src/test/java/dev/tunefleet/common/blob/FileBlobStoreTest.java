package dev.tunefleet.common.blob;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FileBlobStoreTest extends BlobStoreContract {

    @TempDir
    Path folder;

    @Override
    protected BlobStore store() {
        return new FileBlobStore(folder);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatTheSystemSaysOfAFullDeviceIsUnderstood() {
        IOException failure =
                catchThrowableOfType(IOException.class, () -> Files.write(Path.of("/dev/full"), new byte[] {1}));

        assertThat(FileBlobStore.full(failure)).isTrue();
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
        assertThat(FileBlobStore.full(new IOException(said))).isTrue();
    }

    @Test
    void aDiskThatFailsOtherwiseIsNotFull() {
        assertThat(FileBlobStore.full(new IOException("Input/output error"))).isFalse();
        assertThat(FileBlobStore.full(new IOException())).isFalse();
    }
}
