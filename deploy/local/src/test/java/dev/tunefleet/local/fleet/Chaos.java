package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

import dev.tunefleet.common.blob.Sha256;

import static org.awaitility.Awaitility.await;

/**
 * Kills one process of a fleet after another, in an order that a seed decides, and starts each again a little later. Of the
 * brokers one at a time is away, and the next only when the others have all copies again: what three brokers promise to survive. Now and then it
 * sends a record that nobody can read, at first as large as a producer lets pass.
 */
final class Chaos implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Chaos.class.getName());
    private static final int SHORTEST_PAUSE = 2_000;
    private static final int LONGEST_PAUSE = 8_000;
    private static final List<String> LITTERED = List.of("commands", "events", "trials");
    /** With key and headers 1 MiB is what a producer lets pass. */
    private static final int LARGE = 1_048_000;
    /** Whoever says what is wrong with a record may quote so much of it. */
    private static final int TALKATIVE = 600_000;
    /** On a slow machine a fleet that is killed while it starts does nothing else: one of so many who start is killed. */
    private static final int STARTS_SPARED = 4;

    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(4);

    private final FragileFleet fleet;
    private final Random random;
    private final Map<String, Integer> kills = new TreeMap<>();
    private final Map<Victim, Long> away = new HashMap<>();
    private final Producer<String, String> producer;
    private final List<String> unreadable = new CopyOnWriteArrayList<>();

    Chaos(FragileFleet fleet, long seed) {
        this.fleet = fleet;
        this.random = new Random(seed);
        Map<String, Object> settings = Map.of("bootstrap.servers", fleet.servers());
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        for (String topic : LITTERED) {
            litter(topic, "x".repeat(LARGE));
            litter(topic, "{\"type\":\"" + "y".repeat(TALKATIVE) + "\"}");
        }
    }

    /** The digests of what was sent to the programs' topics and is no record of ours. */
    List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    /** Lets a few seconds pass, in which those that were killed come back, then kills somebody. */
    void strike() throws IOException {
        Duration pause = Duration.ofMillis(random.nextInt(SHORTEST_PAUSE, LONGEST_PAUSE));
        int dice = random.nextInt(10);
        int which = random.nextInt(12);
        boolean evenAtItsStart = random.nextInt(STARTS_SPARED) == 0;
        long absence = random.nextLong(LONGEST_ABSENCE.toNanos());
        String topic = LITTERED.get(random.nextInt(LITTERED.size()));
        litter(topic, "nothing that belongs into " + topic + ", number " + random.nextInt());
        long until = System.nanoTime() + pause.toNanos();
        await().atMost(FragileFleet.LONG).until(() -> {
            startThoseWhoseTimeHasCome();
            return System.nanoTime() >= until;
        });
        List<Victim> kind = dice < 6 ? fleet.workers() : dice < 8 ? fleet.coordinators() : fleet.brokers();
        Victim victim = kind.get(which % kind.size());
        boolean risky = kind.equals(fleet.brokers()) && !mayLoseABroker();
        if (away.containsKey(victim) || risky || !evenAtItsStart && !victim.ready()) {
            return;
        }
        victim.kill();
        LOG.log(System.Logger.Level.INFO, "{0} was killed", victim.name());
        kills.merge(victim.name().replaceFirst("-.*", ""), 1, Integer::sum);
        away.put(victim, System.nanoTime() + absence);
    }

    /** Those that were just killed are still listed as in sync for some seconds: each must be there too. */
    private boolean mayLoseABroker() {
        return fleet.brokers().stream().allMatch(broker -> broker.alive() && broker.ready()) && fleet.fullyReplicated();
    }

    private void litter(String topic, String text) {
        producer.send(new ProducerRecord<>("tunefleet." + topic, "nobody", text), (place, failure) -> {
            if (failure == null) {
                unreadable.add(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
            }
        });
    }

    /** Starts whoever is away and returns once everybody is ready. */
    void settle() throws IOException {
        producer.flush();
        for (Victim victim : List.copyOf(away.keySet())) {
            start(victim);
        }
        Stream.of(fleet.brokers(), fleet.coordinators(), fleet.workers())
                .flatMap(List::stream)
                .forEach(fleet::awaitReady);
    }

    private void startThoseWhoseTimeHasCome() throws IOException {
        for (Victim victim : List.copyOf(away.keySet())) {
            if (System.nanoTime() > away.get(victim)) {
                start(victim);
            }
        }
    }

    private void start(Victim victim) throws IOException {
        away.remove(victim);
        victim.startAgain();
    }

    @Override
    public String toString() {
        return "kills: " + kills + "; unreadable records: " + unreadable.size();
    }

    @Override
    public void close() {
        producer.close();
    }
}
