package dev.tunefleet.local.fleet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.TrialId;
import dev.tunefleet.common.wire.Codecs;
import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;

/** Reports that a coordinator reads long after they were sent, more than once, and in another order. */
class LateReportsIT extends WithFleet {

    private static final String EVENTS = "tunefleet.events";
    private static final int BEFORE_OURS = 20_000;
    /** Twice what a silent attempt has before it is lost. */
    private static final long LONG_AGO_MILLISECONDS = 40_000;

    @Test
    void aTakeOverWithMuchToReadLosesNoAttempt() throws Exception {
        start(SMALLEST);
        begin("{trials: 1, epochs: 1000000}", Epochs.TENTHS);
        awaitThat(() -> ledger().count("checkpoint-advanced") > 0);
        Victim coordinator = fleet().coordinators().getFirst();

        coordinator.kill();
        long died = System.currentTimeMillis();
        send(Stream.generate(LateReportsIT::ofSomebodyElse).limit(BEFORE_OURS));
        awaitThat(() -> newestReport().time() - died > LONG_AGO_MILLISECONDS);
        int epoch = newestReport().body().at("/measurement/epoch").asInt();
        coordinator.startAgain();
        fleet().awaitReady(coordinator);
        awaitThat(() -> trial(0).epoch() > epoch);

        assertThat(trial(0).attempts()).isOne();
        assertThat(stopped().count("attempt-lost")).isZero();
    }

    @Test
    void reportsThatComeTwiceAndOutOfOrderChangeNoOutcome() throws Exception {
        start(SMALLEST);
        begin("{trials: 3, epochs: 100}", Epochs.MILLISECONDS);
        awaitThat(() -> ledger().count("trial-completed") > 0);

        sendAllAgain(1);
        fleet().awaitEnd(STUDY);
        sendAllAgain(2);
        begin("{trials: 4, epochs: 100}", Epochs.MILLISECONDS);
        Ledger ledger = balanced();

        List<TrialView> trials = trials();
        assertThat(trials).hasSize(4).allMatch(trial -> trial.state().equals("COMPLETED") && trial.attempts() == 1);
        assertThat(ledger.count("trial-completed")).isEqualTo(4);
        assertThat(ledger.count("attempt-lost") + ledger.count("attempt-released"))
                .isZero();
    }

    /** Returns once the coordinator has read them. */
    private void sendAllAgain(int seed) throws Exception {
        var reports = new ArrayList<byte[]>();
        Entry.texts(fleet().servers(), EVENTS).forEach(report -> reports.add(report.getBytes(StandardCharsets.UTF_8)));
        Collections.shuffle(reports, new Random(seed));
        send(reports.stream());
        awaitThat(this::everythingIsRead);
    }

    private void send(Stream<byte[]> reports) {
        Map<String, Object> settings = Map.of("bootstrap.servers", fleet().servers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            reports.forEach(report -> producer.send(new ProducerRecord<>(EVENTS, STUDY, report)));
        }
    }

    /** That an execution of the trial runs which does not own it, to which a coordinator has something to answer. */
    private static byte[] ofSomebodyElse() {
        var attempt = new AttemptId(new TrialId(new StudyId(STUDY), 0), 1);
        return Codecs.EVENT.write(
                new TrialEvent.TrialProgressed(new Execution(attempt, UUID.randomUUID(), "somebody"), 1));
    }

    private Entry newestReport() {
        return Entry.of(fleet().servers(), EVENTS, STUDY).reversed().stream()
                .filter(entry -> entry.is("epoch-measured"))
                .findFirst()
                .orElseThrow();
    }

    private boolean everythingIsRead() throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", fleet().servers()))) {
            Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets("tunefleet-coordinator")
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> wanted = read.keySet().stream()
                    .filter(partition -> partition.topic().equals(EVENTS))
                    .collect(Collectors.toMap(partition -> partition, ignored -> OffsetSpec.latest()));
            var ends = admin.listOffsets(wanted).all().get();
            return !ends.isEmpty()
                    && ends.entrySet().stream()
                            .allMatch(end -> read.get(end.getKey()).offset()
                                    >= end.getValue().offset());
        }
    }
}
