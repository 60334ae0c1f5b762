package dev.tunefleet.worker.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

import dev.tunefleet.common.blob.BlobStore;
import dev.tunefleet.common.blob.StoredBlob;
import dev.tunefleet.common.trial.BlobRef;

/** A store that is well but for the blobs that {@code damaged} names: it can neither read nor store those. */
record DamagedBlobs(BlobStore store, Predicate<String> damaged) implements BlobStore {

    @Override
    public BlobRef put(String key, byte[] content) throws IOException {
        check(key);
        return store.put(key, content);
    }

    @Override
    public BlobRef put(String key, Path file) throws IOException {
        check(key);
        return store.put(key, file);
    }

    @Override
    public byte[] get(BlobRef ref) throws IOException {
        check(ref.key());
        return store.get(ref);
    }

    @Override
    public BlobRef describe(String key) throws IOException {
        check(key);
        return store.describe(key);
    }

    @Override
    public List<StoredBlob> survey(String prefix) throws IOException {
        return store.survey(prefix);
    }

    @Override
    public void delete(String key) throws IOException {
        store.delete(key);
    }

    private void check(String key) throws IOException {
        if (damaged.test(key)) {
            throw new IOException("Input/output error");
        }
    }
}
