package dev.tunefleet.coordinator.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.tunefleet.common.blob.BlobStore;
import dev.tunefleet.common.blob.Sha256;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.coordinator.config.CoordinatorConfig;

/** Takes data sets into the blob store under their digest, so that the same content is stored once, and finds them again. Thread-safe. */
@Singleton
class Uploads {

    /** A key that says the digest of its content. */
    private static final Pattern NAMED_BY_DIGEST = Pattern.compile("datasets/([0-9a-f]{64})\\.csv");

    private final BlobStore blobs;
    private final long limitBytes;

    @Inject
    Uploads(BlobStore blobs, CoordinatorConfig config) {
        this(blobs, config.uploadBytes());
    }

    Uploads(BlobStore blobs, long limitBytes) {
        this.blobs = blobs;
        this.limitBytes = Math.min(limitBytes, DataSource.LARGEST_BYTES);
    }

    /**
     * Stores all of {@code content}.
     *
     * @throws ProblemException when it is empty or larger than the limit, or when the blob store is away
     */
    BlobRef store(InputStream content) throws IOException {
        Path spool = Files.createTempFile("tunefleet-upload-", ".part");
        try {
            String digest = copy(content, spool);
            return put("datasets/" + digest + ".csv", spool);
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    /**
     * The data set of {@code spec}, which is read only where its key does not tell the digest; a worker compares that in any case.
     *
     * @throws ProblemException when it is not there, when it is larger than a worker reads, when it would have to be read here and is
     *     larger than an upload, or when the blob store is away
     */
    BlobRef dataset(StudySpec spec) {
        String key = spec.data().uri();
        Matcher named = NAMED_BY_DIGEST.matcher(key);
        try {
            long bytes = blobs.size(key);
            if (named.matches()) {
                refuseLarger(
                        DataSource.LARGEST_BYTES,
                        bytes,
                        spec,
                        ". Maybe leave out columns that are no inputs, or rows of long ago.");
                return new BlobRef(key, named.group(1), bytes);
            }
            refuseLarger(
                    limitBytes,
                    bytes,
                    spec,
                    ", as it is read for its digest. One of up to " + DataSource.LARGEST_BYTES
                            + " bytes must lie under datasets/DIGEST.csv, with the SHA-256 of its content.");
            return blobs.describe(key);
        } catch (NoSuchFileException absent) {
            throw ProblemException.badRequest("The data set (" + key + ") of study " + spec.name()
                    + " must be in the blob store. Maybe it was not uploaded first.");
        } catch (IOException away) {
            throw ProblemException.unread(away);
        }
    }

    private static void refuseLarger(long limit, long bytes, StudySpec spec, String advice) {
        if (bytes > limit) {
            throw ProblemException.badRequest("The size (" + bytes + " bytes) of the data set ("
                    + spec.data().uri() + ") of study " + spec.name() + " must be at most " + limit + " bytes"
                    + advice);
        }
    }

    private BlobRef put(String key, Path spool) {
        try {
            return blobs.put(key, spool);
        } catch (IOException away) {
            throw ProblemException.unwritten(away);
        }
    }

    private String copy(InputStream content, Path spool) throws IOException {
        MessageDigest digest = Sha256.digest();
        long total = 0;
        try (OutputStream out = Files.newOutputStream(spool);
                var in = new DigestInputStream(content, digest)) {
            var buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
                if (total > limitBytes) {
                    throw ProblemException.tooLarge("The size of a data set must be at most " + limitBytes + " bytes.");
                }
                out.write(buffer, 0, read);
            }
        }
        if (total == 0) {
            throw ProblemException.badRequest("The data set must not be empty.");
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
