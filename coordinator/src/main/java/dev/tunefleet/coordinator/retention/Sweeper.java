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
import dev.tunefleet.coordinator.view.Holdings;
import dev.tunefleet.coordinator.view.ReadModel;

/**
 * Deletes every few minutes what no study needs, in a thread of its own. What cannot be deleted is tried again at the next
 * round.
 */
public final class Sweeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
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

    /** Sweeps once, where that is the task of this coordinator. */
    void round() {
        if (!mine.getAsBoolean()) {
            return;
        }
        try {
            var stored = new ArrayList<StoredBlob>();
            for (String prefix : PREFIXES) {
                stored.addAll(blobs.survey(prefix));
            }
            // Taken after the survey: whatever the journal knew by then of a blob that was found is seen here.
            List<Holdings> holdings = model.holdings(front);
            delete(Retention.unneeded(holdings, stored, clock.instant()));
        } catch (IOException | RuntimeException failure) {
            LOG.warnf("The blob store could not be swept and is tried again: %s", failure.getMessage());
            LOG.debug("It failed here.", failure);
        }
    }

    private void delete(List<String> keys) {
        int kept = 0;
        for (String key : keys) {
            if (!mine.getAsBoolean()) {
                return;
            }
            try {
                blobs.delete(key);
                meters.blobDeleted(kind(key));
            } catch (IOException | RuntimeException failure) {
                kept++;
                LOG.debugf(failure, "The blob %s could not be deleted.", key);
            }
        }
        if (!keys.isEmpty()) {
            LOG.infof("%d blobs that no study needs were deleted.", keys.size() - kept);
        }
        if (kept > 0) {
            LOG.warnf("%d blobs that no study needs could not be deleted and are tried again.", kept);
        }
    }

    private static String kind(String key) {
        return key.substring(0, key.indexOf('/'));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
