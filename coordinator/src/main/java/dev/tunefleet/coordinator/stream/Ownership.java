package dev.tunefleet.coordinator.stream;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.tunefleet.common.trial.StudyId;

/** The partitions whose studies this coordinator decides, and where each study lies. Thread-safe. */
final class Ownership {

    private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();
    private final Map<StudyId, Integer> places = new ConcurrentHashMap<>();

    void gained(int partition) {
        partitions.add(partition);
    }

    void lost(int partition) {
        partitions.remove(partition);
    }

    /** Whether what one coordinator alone does for all studies is done here: where the first partition is decided. */
    boolean first() {
        return partitions.contains(0);
    }

    /** Facts of {@code study} were seen in {@code partition}. */
    void found(StudyId study, int partition) {
        if (!Integer.valueOf(partition).equals(places.get(study))) {
            places.put(study, partition);
        }
    }

    boolean owns(StudyId study) {
        Integer place = places.get(study);
        return place != null && partitions.contains(place);
    }
}
