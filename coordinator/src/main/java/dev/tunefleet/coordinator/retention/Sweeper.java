package dev.tunefleet.coordinator.retention;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.jboss.logging.Logger;

import dev.tunefleet.common.blob.BlobStore;
import dev.tunefleet.common.blob.StoredBlob;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.metrics.Meters;
import dev.tunefleet.coordinator.view.ReadModel;

/**
 * Deletes every few minutes what no study needs, in a thread of its own. What cannot be deleted is tried again at the next
 * round.
 */
public final class Sweeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    /** What is still unneeded is looked up again after so many deletions: in a large fleet that takes a while. */
    private static final int BETWEEN_LOOKS = 100;

    private static final List<String> PREFIXES = List.of("checkpoints/", "models/", "datasets/");

    private final BlobStore blobs;
    private final ReadModel model;
    private final Meters meters;
    private final Clock clock;
    private final Function<StudyId, Set<Integer>> front;
    private final BooleanSupplier mine;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tunefleet-sweep").daemon().factory());

    /**
     * @param front the trials of a study that no other beats in all its objectives
     * @param mine whether this coordinator is the one that sweeps, with a read model that is complete
     */
    public Sweeper(
            BlobStore blobs,
            ReadModel model,
            Meters meters,
            Clock clock,
            Function<StudyId, Set<Integer>> front,
            BooleanSupplier mine) {
        this.blobs = blobs;
        this.model = model;
        this.meters = meters;
        this.clock = clock;
        this.front = front;
        this.mine = mine;
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::round, 1, EVERY.toMinutes(), TimeUnit.MINUTES);
    }

    /** Sweeps once, where that is the task of this coordinator. Whatever goes wrong, the next round tries again. */
    void round() {
        try {
            sweep();
        } catch (IOException | RuntimeException | Error failure) {
            LOG.warnf("The blob store could not be swept and is tried again: %s", failure);
            LOG.debug("It failed here.", failure);
        }
    }

    private void sweep() throws IOException {
        if (!mine.getAsBoolean()) {
            return;
        }
        var stored = new ArrayList<StoredBlob>();
        var unfinished = new ArrayList<StoredBlob>();
        for (String prefix : PREFIXES) {
            stored.addAll(blobs.survey(prefix));
            unfinished.addAll(blobs.unfinished(prefix));
        }
        // Taken after the survey: whatever the journal knew by then of a blob that was found is seen here.
        List<StoredBlob> unneeded = unneeded(stored);
        var swept = new Swept();
        boolean goesOn = swept.delete(Retention.abandoned(unfinished, clock.instant()));
        for (int from = 0; goesOn && from < unneeded.size(); from += BETWEEN_LOOKS) {
            // A study may have come meanwhile that wants what no other did.
            goesOn = swept.delete(unneeded(unneeded.subList(from, Math.min(unneeded.size(), from + BETWEEN_LOOKS))));
        }
        swept.tell();
    }

    private List<StoredBlob> unneeded(List<StoredBlob> stored) {
        Set<String> keys = Set.copyOf(Retention.unneeded(model.holdings(front), stored, clock.instant()));
        return stored.stream().filter(blob -> keys.contains(blob.key())).toList();
    }

    private boolean deleted(String key) {
        try {
            blobs.delete(key);
        } catch (IOException | RuntimeException failure) {
            LOG.debugf(failure, "The blob %s could not be deleted.", key);
            return false;
        }
        meters.blobDeleted(kind(key));
        return true;
    }

    private static String kind(String key) {
        return key.substring(0, key.indexOf('/'));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** What has become of the blobs of one round. */
    private final class Swept {

        private int gone;
        private int kept;

        /** Deletes {@code unneeded}, and returns whether that is still the task of this coordinator. */
        boolean delete(List<StoredBlob> unneeded) {
            for (StoredBlob blob : unneeded) {
                if (!mine.getAsBoolean()) {
                    return false;
                }
                if (deleted(blob.key())) {
                    gone++;
                } else {
                    kept++;
                }
            }
            return true;
        }

        void tell() {
            if (gone + kept > 0) {
                LOG.infof("%d blobs that no study needs were deleted.", gone);
            }
            if (kept > 0) {
                LOG.warnf("%d blobs that no study needs could not be deleted and are tried again.", kept);
            }
        }
    }
}
