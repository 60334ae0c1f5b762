package dev.tunefleet.local.fleet;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.WorkerStatus;
import dev.tunefleet.common.wire.Codecs;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A worker that takes one trial, says that it has begun with it, and then stands still before it accepts the record. */
public final class TakerMain {

    static final String NAME = "taker";
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long SLOT_BYTES = 4L << 30;

    private TakerMain() {}

    /** @param args where the brokers are */
    public static void main(String[] args) throws Exception {
        Map<String, Object> brokers = Map.of("bootstrap.servers", args[0]);
        Map<String, Object> settings = new HashMap<>(brokers);
        settings.put("group.id", Topics.QUEUE_GROUP);
        settings.put("share.acknowledgement.mode", "explicit");
        settings.put("share.acquire.mode", "record_limit");
        settings.put("max.poll.records", 1);
        try (var producer = new KafkaProducer<>(brokers, new ByteArraySerializer(), new ByteArraySerializer());
                var queue =
                        new KafkaShareConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            queue.subscribe(List.of(Topics.TRIALS.topic()));
            while (true) {
                var status = new WorkerStatus(NAME, 1, 0, SLOT_BYTES);
                send(producer, Topics.WORKERS, NAME, Codecs.WORKER.write(status));
                for (ConsumerRecord<byte[], byte[]> record : queue.poll(POLL)) {
                    Assignment taken = Codecs.ASSIGNMENT.read(record.value());
                    var execution = new Execution(taken.attempt(), UUID.randomUUID(), NAME);
                    String study = taken.attempt().trial().study().name();
                    send(producer, Topics.EVENTS, study, Codecs.EVENT.write(new TrialEvent.TrialStarted(execution)));
                    Thread.currentThread().join();
                }
            }
        }
    }

    private static void send(Producer<byte[], byte[]> producer, Topics topic, String key, byte[] value)
            throws InterruptedException, ExecutionException {
        producer.send(new ProducerRecord<>(topic.topic(), key.getBytes(UTF_8), value))
                .get();
    }
}
