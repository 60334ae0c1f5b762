package dev.tunefleet.coordinator.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.study.Changes;
import dev.tunefleet.coordinator.study.Study;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.TrialEntity;

/**
 * The studies of one partition as they are stored: one small value for each study ({@code study/S}) and for each trial
 * ({@code trial/S/T}).
 */
final class Entities {

    static final String STORE = "entities";

    private static final String STUDY = "study/";
    private static final String TRIAL = "trial/";
    private static final byte[] FORGOTTEN = null;

    private final KeyValueStore<String, byte[]> store;

    Entities(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /** The store: in memory, with a changelog that is compacted early, since every coordinator that takes over reads it. */
    static StoreBuilder<KeyValueStore<String, byte[]>> builder() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of(
                        "cleanup.policy", "compact",
                        "min.cleanable.dirty.ratio", "0.1",
                        "max.compaction.lag.ms", "600000",
                        "segment.ms", "600000"));
    }

    /** The names of all studies that are stored here, as they stand there. */
    List<String> studies() {
        var found = new ArrayList<String>();
        try (KeyValueIterator<String, byte[]> all = store.prefixScan(STUDY, new StringSerializer())) {
            while (all.hasNext()) {
                found.add(all.next().key.substring(STUDY.length()));
            }
        }
        return found;
    }

    /** The study {@code id} as it was written last; one of which nothing is known where it never was. */
    Study load(StudyId id) {
        return Study.load(study(id), trials(id));
    }

    /** The study's own value, without its trials. */
    StudyEntity study(StudyId id) {
        return Optional.ofNullable(store.get(STUDY + id))
                .map(StudyCodecs.STUDY::read)
                .orElseGet(() -> StudyEntity.absent(id));
    }

    private List<TrialEntity> trials(StudyId id) {
        var found = new ArrayList<byte[]>();
        try (KeyValueIterator<String, byte[]> all = store.prefixScan(TRIAL + id + "/", new StringSerializer())) {
            while (all.hasNext()) {
                found.add(all.next().value);
            }
        }
        // Everything waits for this while a coordinator takes over.
        return found.parallelStream().map(StudyCodecs.TRIAL::read).toList();
    }

    /** What has changed in the study {@code id}, as it is to be stored. */
    static List<Outgoing> written(StudyId id, Changes changes) {
        var written = new ArrayList<Outgoing>();
        changes.study()
                .ifPresent(study -> written.add(new Outgoing(STORE, STUDY + id, StudyCodecs.STUDY.write(study))));
        for (TrialEntity trial : changes.trials()) {
            written.add(new Outgoing(STORE, TRIAL + id + "/" + trial.number(), StudyCodecs.TRIAL.write(trial)));
        }
        for (int number : changes.forgotten()) {
            written.add(new Outgoing(STORE, TRIAL + id + "/" + number, FORGOTTEN));
        }
        return written;
    }

    /** Stores {@code written}. */
    void store(List<Outgoing> written) {
        written.forEach(each -> store.put(each.key(), each.value()));
    }
}
