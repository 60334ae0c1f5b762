package dev.tunefleet.worker.train;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.tunefleet.common.blob.BlobStore;
import dev.tunefleet.common.blob.DigestMismatchException;
import dev.tunefleet.common.blob.StoreFailsException;
import dev.tunefleet.common.blob.StoreForbidsException;
import dev.tunefleet.common.blob.StoreFullException;
import dev.tunefleet.common.blob.StoreRefusesException;
import dev.tunefleet.common.trial.BlobRef;

/**
 * A blob store that is asked again, with growing pauses, before it counts as away; then until it answers again. A store that lets
 * us in to nothing at all counts as away, too; one that forbids a single thing, or fails at one blob alone, refuses. Thread-safe.
 */
public final class PatientBlobs {

    private static final System.Logger LOG = System.getLogger(PatientBlobs.class.getName());
    private static final int TRIES = 6;
    private static final String HEALTH = "health/";
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final BlobStore blobs;
    private final Duration firstPause;
    private volatile boolean away;

    /** @param firstPause between the first two tries; each further one is twice as long */
    public PatientBlobs(BlobStore blobs, Duration firstPause) {
        this.blobs = blobs;
        this.firstPause = firstPause;
    }

    /**
     * The content of {@code ref}.
     *
     * @throws NoSuchFileException when there is none
     * @throws DigestMismatchException when it is not what the reference says
     * @throws StoreRefusesException when the store does not let us have it, or fails at it alone
     * @throws BlobsAwayException when the store does not answer
     */
    byte[] get(BlobRef ref) throws IOException {
        return patiently("read", ref.key(), () -> blobs.get(ref));
    }

    /** The content under {@code key}, checked against the digest in its name where there is one. */
    byte[] get(String key) throws IOException {
        Matcher digest = DIGEST.matcher(key);
        return digest.find()
                ? get(new BlobRef(key, digest.group(), 0))
                : patiently("read", key, () -> blobs.get(blobs.describe(key)));
    }

    /** How many bytes lie under {@code key}. */
    long size(String key) throws IOException {
        return patiently("read", key, () -> blobs.size(key));
    }

    /**
     * Stores {@code content} under {@code key}.
     *
     * @throws StoreRefusesException when the store has no room or forbids it, for which it is not asked again, or fails at it alone
     * @throws BlobsAwayException when the store does not answer
     */
    BlobRef put(String key, byte[] content) throws IOException {
        return patiently("store", key, () -> blobs.put(key, content));
    }

    /** Asks once: a blob that stays is no harm. */
    void delete(String key) throws IOException {
        blobs.delete(key);
    }

    /** Whether the store was given up and has answered nothing since. */
    public boolean away() {
        return away;
    }

    /**
     * Asks a store that is away whether it is back; once, which may take as long as the store is patient. Back is one that can
     * be read and takes something: who trained for one that can only be read would train the same again and again.
     */
    public void lookOut() {
        if (away && well()) {
            away = false;
            LOG.log(System.Logger.Level.INFO, "The blob store answers again.");
        }
    }

    private boolean well() {
        try {
            blobs.list(HEALTH);
            takesSomething();
            return true;
        } catch (IOException | RuntimeException still) {
            LOG.log(System.Logger.Level.DEBUG, "The blob store is away: {0}", still.getMessage());
            return false;
        }
    }

    /** A refusal is an answer: who stores something is told why not. */
    private void takesSomething() throws IOException {
        try {
            blobs.put(HEALTH + "written", new byte[0]);
        } catch (StoreRefusesException refusal) {
            LOG.log(System.Logger.Level.WARNING, refusal.getMessage());
        }
    }

    private boolean lists() {
        try {
            blobs.list(HEALTH);
            return true;
        } catch (IOException | RuntimeException closed) {
            return false;
        }
    }

    /**
     * Asks until it is certain what is wrong. Where the store is well and fails at this request all the same, then again, and is well
     * after that too, it is the blob: a trial that is given back for it would come back for ever.
     */
    private <T> T patiently(String verb, String key, Request<T> request) throws IOException {
        Duration pause = firstPause;
        for (int attempt = 1; ; attempt++) {
            try {
                T answer = request.send();
                away = false;
                return answer;
            } catch (NoSuchFileException
                    | DigestMismatchException
                    | StoreFullException
                    | InterruptedIOException certain) {
                throw certain;
            } catch (StoreForbidsException forbidden) {
                throw lists() ? forbidden : givenUp(forbidden.getMessage(), forbidden);
            } catch (IOException | RuntimeException failure) {
                if (attempt >= TRIES && !well()) {
                    throw givenUp(
                            "The blob store must answer for " + key + ", did not in " + attempt + " tries: "
                                    + failure.getMessage(),
                            failure);
                }
                if (attempt > TRIES) {
                    throw new StoreFailsException(verb, key, failure);
                }
            }
            wait(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private BlobsAwayException givenUp(String message, Exception failure) {
        away = true;
        return new BlobsAwayException(message, failure);
    }

    private static void wait(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the blob store was away.");
        }
    }

    private interface Request<T> {
        T send() throws IOException;
    }
}
