package dev.tunefleet.local.fleet;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Reports that a coordinator reads more than once, and in another order. */
class LateReportsIT {

    private static final String STUDY = "late";
    private static final String EVENTS = "tunefleet.events";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private FragileFleet fleet;

    @BeforeEach
    void startAFleet() throws Exception {
        fleet = FragileFleet.start(folder, new FragileFleet.Size(1, 1, 1));
    }

    @AfterEach
    void stopIt() {
        if (fleet != null) {
            fleet.close();
        }
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void reportsThatComeTwiceAndOutOfOrderChangeNoOutcome() throws Exception {
        begin(3, 25);
        await().atMost(FragileFleet.LONG).until(() -> ledger().count("trial-completed") > 0);

        sendAllAgain(1);
        fleet.awaitEnd(STUDY);
        sendAllAgain(2);
        begin(4, 25);
        StudyView end = fleet.awaitEnd(STUDY);

        List<TrialView> trials = fleet.ask(client -> client.trials(STUDY));
        Ledger ledger = ledger();
        assertThat(trials).hasSize(4).allMatch(trial -> trial.state().equals("COMPLETED") && trial.attempts() == 1);
        assertThat(ledger.mistakes(end, trials)).isEmpty();
        assertThat(ledger.count("trial-completed")).isEqualTo(4);
        assertThat(ledger.count("attempt-lost") + ledger.count("attempt-released"))
                .isZero();
    }

    /** Returns once the coordinator has read them. */
    private void sendAllAgain(int seed) throws Exception {
        var reports = new ArrayList<byte[]>();
        Entry.texts(fleet.servers(), EVENTS).forEach(report -> reports.add(report.getBytes(StandardCharsets.UTF_8)));
        Collections.shuffle(reports, new Random(seed));
        send(reports);
        await().atMost(FragileFleet.LONG).until(this::everythingIsRead);
    }

    private void send(List<byte[]> reports) {
        Map<String, Object> settings = Map.of("bootstrap.servers", fleet.servers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            reports.forEach(report -> producer.send(new ProducerRecord<>(EVENTS, STUDY, report)));
        }
    }

    private boolean everythingIsRead() throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", fleet.servers()))) {
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

    private void begin(int trials, int epochs) throws Exception {
        fleet.begin("""
                name: late
                budget: {trials: %d, epochs: %d}
                training: {patience: 1000000}
                space: {layers: 1, units: [30, 40], sequenceLength: {multiplesOf: 7, range: [14, 21]}, batchSize: [32, 64]}
                search: {algorithm: random, scheduler: none, seed: 3}
                """.formatted(trials, epochs), 1500);
    }

    private Ledger ledger() {
        return fleet.ledger(STUDY);
    }
}
