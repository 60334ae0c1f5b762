package dev.tunefleet.common.blob;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

class FileBlobStoreTest extends BlobStoreContract {

    @TempDir
    Path folder;

    @Override
    protected BlobStore store() {
        return new FileBlobStore(folder);
    }
}
