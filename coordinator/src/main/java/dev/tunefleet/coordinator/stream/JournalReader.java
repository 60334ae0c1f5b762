package dev.tunefleet.coordinator.stream;

import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.wire.Codecs;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.view.Change;
import dev.tunefleet.coordinator.view.ReadModel;

/** Reads the records that every coordinator tails: the journal into the read model, status and demand into the capacity. */
final class JournalReader {

    private final ReadModel model;
    private final Capacity capacity;
    private final Ownership ownership;

    JournalReader(ReadModel model, Capacity capacity, Ownership ownership) {
        this.model = model;
        this.capacity = capacity;
        this.ownership = ownership;
    }

    /** Folds a record of the journal. */
    Seen journal(ConsumerRecord<String, byte[]> record) {
        Fact fact = StudyCodecs.FACT.read(record.value());
        var study = new StudyId(record.key());
        ownership.found(study, record.partition());
        Change change = model.fold(study, fact, Instant.ofEpochMilli(record.timestamp()));
        return new Seen(change, fact);
    }

    /** Reads a record of {@code workers} or {@code demand}; {@code fresh} tells a status from an old one. */
    void fleet(ConsumerRecord<String, byte[]> record, boolean fresh) {
        if (record.topic().equals(Topics.DEMAND.topic())) {
            int slots = record.value() == null
                    ? 0
                    : StudyCodecs.DEMAND.read(record.value()).slots();
            capacity.wanted(new StudyId(record.key()), slots);
        } else if (record.value() == null) {
            capacity.gone(record.key());
        } else if (fresh) {
            capacity.heard(Codecs.WORKER.read(record.value()));
        }
    }

    /** A fact that was folded and what it changed. */
    record Seen(Change change, Fact fact) {
        boolean asksTheSearch() {
            return fact instanceof Fact.SuggestionsRequested;
        }
    }
}
