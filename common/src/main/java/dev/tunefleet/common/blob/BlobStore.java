package dev.tunefleet.common.blob;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import dev.tunefleet.common.trial.BlobRef;

/**
 * A store of immutable blobs by key. Keys are made of letters, digits, dots, dashes, underscores and single slashes. Safe for
 * use by many threads and processes; a blob is visible only once it is complete.
 */
public interface BlobStore {

    /**
     * Stores {@code content} under {@code key}, replacing what was there.
     *
     * @throws StoreRefusesException when there is no room for it or nothing may be stored
     */
    BlobRef put(String key, byte[] content) throws IOException;

    /** Stores the content of {@code file} under {@code key}, replacing what was there. */
    BlobRef put(String key, Path file) throws IOException;

    /**
     * The content of {@code ref}.
     *
     * @throws java.nio.file.NoSuchFileException when there is no such blob
     * @throws DigestMismatchException when the content is not what the reference says
     */
    byte[] get(BlobRef ref) throws IOException;

    /** The reference of what lies under {@code key}; computed by reading it. */
    BlobRef describe(String key) throws IOException;

    /**
     * How many bytes lie under {@code key}, without reading them where the store can tell.
     *
     * @throws java.nio.file.NoSuchFileException when there is no such blob
     */
    default long size(String key) throws IOException {
        return describe(key).bytes();
    }

    /** What lies under keys that begin with {@code prefix}, sorted by key. */
    List<StoredBlob> survey(String prefix) throws IOException;

    /** The keys that begin with {@code prefix}, sorted. */
    default List<String> list(String prefix) throws IOException {
        return survey(prefix).stream().map(StoredBlob::key).toList();
    }

    /**
     * What was begun under keys that begin with {@code prefix} and is not complete, since it was last written to, sorted by key: most
     * of it is being stored now, the rest was left by processes that were killed. Nothing in a store that keeps nothing of the kind.
     */
    default List<StoredBlob> unfinished(String prefix) throws IOException {
        return List.of();
    }

    /** Deletes what lies under {@code key}; nothing happens where there is nothing. */
    void delete(String key) throws IOException;

    /**
     * The store at {@code location}: {@code file:/some/folder} or {@code s3://bucket/prefix?endpoint=https://host&region=name},
     * see {@link S3Location}.
     *
     * @throws IllegalArgumentException when there is no adapter for its scheme
     */
    static BlobStore at(URI location) {
        if ("file".equals(location.getScheme())) {
            return new FileBlobStore(Path.of(location));
        }
        if (S3Location.SCHEME.equals(location.getScheme())) {
            return S3BlobStore.open(S3Location.of(location));
        }
        throw new IllegalArgumentException("The blob store (" + location + ") must be a file: or an s3: address.");
    }
}
