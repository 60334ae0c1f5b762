package dev.tunefleet.coordinator.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.tunefleet.common.blob.StoredBlob;
import dev.tunefleet.coordinator.view.Holdings;

/**
 * What of the blob store no study needs. What it does not know it leaves alone; what is young it leaves alone too, as its event may
 * not have been read yet.
 */
final class Retention {

    /** How long something stays after the journal has said that it is needed no more. */
    static final Duration GRACE = Duration.ofHours(1);

    /** How long a checkpoint or a model stays of which the journal says nothing, and what nobody goes on writing. */
    static final Duration UNKNOWN = Duration.ofDays(1);

    private static final Pattern CHECKPOINT = Pattern.compile("checkpoints/([^/]+)/([0-9]{1,9})/.+");
    private static final Pattern MODEL = Pattern.compile("models/[0-9a-f]{64}\\.zip");
    /** A data set that lies there under another name was put there by hand and is its owner's. */
    private static final Pattern DATASET = Pattern.compile("datasets/[0-9a-f]{64}\\.csv");

    private final Map<String, Holdings> studies = new HashMap<>();
    private final Set<String> wanted = new HashSet<>();
    private final Map<String, Instant> unwantedSince = new HashMap<>();
    private final Instant now;

    private Retention(Collection<Holdings> holdings, Instant now) {
        this.now = now;
        for (Holdings each : holdings) {
            studies.put(each.study().name(), each);
            wanted.addAll(each.wanted());
            each.dataset().ifPresent(wanted::add);
            each.left().forEach((key, when) -> unwantedSince.merge(key, when, Retention::later));
            each.models().forEach((key, when) -> unwantedSince.merge(key, when, Retention::later));
        }
    }

    /**
     * The keys of {@code stored} that may go.
     *
     * @param stored what lay in the store before {@code holdings} was taken, so that nothing is new to the journal
     */
    static List<String> unneeded(Collection<Holdings> holdings, List<StoredBlob> stored, Instant now) {
        var retention = new Retention(holdings, now);
        return stored.stream().filter(retention::unneeded).map(StoredBlob::key).toList();
    }

    /** What of {@code unfinished} nobody will complete. */
    static List<StoredBlob> abandoned(List<StoredBlob> unfinished, Instant now) {
        return unfinished.stream()
                .filter(begun -> past(begun.stored(), UNKNOWN, now))
                .toList();
    }

    private boolean unneeded(StoredBlob blob) {
        Matcher checkpoint = CHECKPOINT.matcher(blob.key());
        if (checkpoint.matches()) {
            return unneeded(blob, checkpoint.group(1), Integer.parseInt(checkpoint.group(2)));
        }
        boolean model = MODEL.matcher(blob.key()).matches();
        boolean dataset = DATASET.matcher(blob.key()).matches();
        if (!model && !dataset || wanted.contains(blob.key())) {
            return false;
        }
        Optional<Instant> since = Optional.ofNullable(unwantedSince.get(blob.key()));
        // A data set that no study has had yet may be meant for the next one.
        return since.map(when -> past(later(when, blob.stored()), GRACE)).orElse(model && past(blob.stored(), UNKNOWN));
    }

    private boolean unneeded(StoredBlob checkpoint, String study, int trial) {
        Holdings known = studies.get(study);
        boolean exists = known != null && known.dataset().isPresent() && trial < known.trials();
        if (!exists) {
            return past(checkpoint.stored(), UNKNOWN);
        }
        Optional<Instant> ended = Optional.ofNullable(known.ended().get(trial));
        return ended.map(when -> past(when, GRACE)).orElse(false);
    }

    private boolean past(Instant when, Duration length) {
        return past(when, length, now);
    }

    private static boolean past(Instant when, Duration length, Instant now) {
        return when.plus(length).isBefore(now);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
