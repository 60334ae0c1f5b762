package dev.tunefleet.common.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.tunefleet.common.trial.BlobRef;

/** A {@link BlobStore} that cannot be reached. */
public class AwayBlobStore implements BlobStore {

    @Override
    public BlobRef put(String key, byte[] content) throws IOException {
        throw unreachable();
    }

    @Override
    public BlobRef put(String key, Path file) throws IOException {
        throw unreachable();
    }

    @Override
    public byte[] get(BlobRef ref) throws IOException {
        throw unreachable();
    }

    @Override
    public BlobRef describe(String key) throws IOException {
        throw unreachable();
    }

    @Override
    public List<StoredBlob> survey(String prefix) throws IOException {
        throw unreachable();
    }

    @Override
    public void delete(String key) throws IOException {
        throw unreachable();
    }

    private static IOException unreachable() {
        return new IOException("connection refused");
    }
}
