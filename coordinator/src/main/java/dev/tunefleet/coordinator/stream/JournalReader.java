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
    /** The study of the record that was read last. */
    private volatile StudyId last = new StudyId("none");

    JournalReader(ReadModel model, Capacity capacity, Ownership ownership) {
        this.model = model;
        this.capacity = capacity;
        this.ownership = ownership;
    }

    /** Reads a record of the journal. */
    Entry journal(ConsumerRecord<String, byte[]> record) {
        return new Entry(
                study(record.key()),
                StudyCodecs.FACT.read(record.value()),
                record.partition(),
                Instant.ofEpochMilli(record.timestamp()));
    }

    /** The object of the record before, as long as records of one study follow each other: it is found without a look at its name. */
    private StudyId study(String name) {
        StudyId known = last;
        if (!known.name().equals(name)) {
            known = new StudyId(name);
            last = known;
        }
        return known;
    }

    /** Folds what was read of the journal; returns what it changed. */
    Change fold(Entry entry) {
        ownership.found(entry.study(), entry.partition());
        return model.fold(entry.study(), entry.fact(), entry.time());
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

    /** A fact of a study, and where and when it was written. */
    record Entry(StudyId study, Fact fact, int partition, Instant time) {
        boolean asksTheSearch() {
            return fact instanceof Fact.SuggestionsRequested;
        }
    }
}
