package dev.tunefleet.worker.train;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.tunefleet.common.blob.DigestMismatchException;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.Split;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.worker.data.CsvReader;
import dev.tunefleet.worker.data.ForecastData;
import dev.tunefleet.worker.data.InvalidDataException;

/**
 * The prepared data of the studies that this worker has seen lately; the least used ones go when there is no room. Thread-safe;
 * one data set is read by one thread while others that want it wait.
 */
public final class Datasets {

    private final PatientBlobs blobs;
    private final long room;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** @param room bytes of heap to keep at most; the newest data set stays even when it alone is larger */
    public Datasets(PatientBlobs blobs, long room) {
        this.blobs = blobs;
        this.room = room;
    }

    /** What decides how data is prepared. */
    private record Key(DataSource data, Optional<BlobRef> dataset, Split split, int longestSequence) {}

    private static final class Entry {
        private PreparedData prepared;
    }

    /**
     * The prepared data of the study of {@code assignment}.
     *
     * @throws InvalidDataException when the data is missing, changed, malformed, too short or too large
     * @throws IOException when the blob store is away
     */
    PreparedData of(Assignment assignment) throws IOException {
        StudySpec study = assignment.study();
        Key key = new Key(study.data(), assignment.dataset(), study.split(), study.longestSequence());
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(key, absent -> new Entry());
        }
        synchronized (entry) {
            if (entry.prepared == null) {
                entry.prepared = read(study, assignment.dataset());
            }
        }
        evict(key);
        return entry.prepared;
    }

    private PreparedData read(StudySpec study, Optional<BlobRef> dataset) throws IOException {
        String uri = study.data().uri();
        try {
            refuseTooLarge(blobs.size(uri), study);
            byte[] content = dataset.isPresent() ? blobs.get(dataset.get()) : blobs.get(uri);
            return PreparedData.of(
                    ForecastData.of(CsvReader.read(uri, new ByteArrayInputStream(content), study.data()), study));
        } catch (NoSuchFileException missing) {
            throw new InvalidDataException("The data set (" + uri + ") of study " + study.name()
                    + " must be in the blob store, and is not. Maybe it was deleted.");
        } catch (DigestMismatchException changed) {
            throw new InvalidDataException(changed.getMessage());
        } catch (ArithmeticException tooLarge) {
            throw new InvalidDataException("The data set (" + uri + ") of study " + study.name()
                    + " must have fewer than 2147483648 numbers once it is cut into windows."
                    + " Maybe name fewer inputs or lower the horizon.");
        }
    }

    private static void refuseTooLarge(long bytes, StudySpec study) {
        if (bytes > DataSource.LARGEST_BYTES) {
            throw new InvalidDataException("The size (" + bytes + " bytes) of data set "
                    + study.data().uri() + " of study " + study.name() + " must be at most " + DataSource.LARGEST_BYTES
                    + ". Maybe leave out columns that are no inputs, or rows of long ago.");
        }
    }

    private void evict(Key keep) {
        synchronized (entries) {
            long held = entries.values().stream()
                    .map(entry -> entry.prepared)
                    .filter(Objects::nonNull)
                    .mapToLong(PreparedData::bytes)
                    .sum();
            var oldest = entries.entrySet().iterator();
            while (held > room && oldest.hasNext()) {
                Map.Entry<Key, Entry> next = oldest.next();
                if (!next.getKey().equals(keep) && next.getValue().prepared != null) {
                    held -= next.getValue().prepared.bytes();
                    oldest.remove();
                }
            }
        }
    }
}
