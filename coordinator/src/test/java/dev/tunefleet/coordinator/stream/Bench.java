package dev.tunefleet.coordinator.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.WorkerStatus;
import dev.tunefleet.common.wire.Codecs;
import dev.tunefleet.coordinator.metrics.Meters;
import dev.tunefleet.coordinator.search.SobolSearch;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.RequestId;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.SuggestionRequest;
import dev.tunefleet.coordinator.view.ReadModel;

/** The coordinator's topology without a broker: what goes in, the seconds that pass, what comes out. Searches by Sobol. */
public final class Bench implements AutoCloseable {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Input> inputs = new ArrayList<>();
    private final List<Assignment> queue = new ArrayList<>();
    private final List<TestRecord<String, byte[]>> journal = new ArrayList<>();
    private final ReadModel model;
    private final Capacity capacity;
    private final TopologyTestDriver driver;
    private long elapsed;
    private boolean lagging;

    public Bench(ReadModel model) {
        this.model = model;
        this.capacity = new Capacity(() -> elapsed);
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:9092");
        driver = new TopologyTestDriver(
                CoordinatorTopology.of(new Surroundings(
                        capacity, partition -> !lagging, new Ownership(), new Meters(registry), () -> elapsed)),
                settings,
                Instant.parse("2026-01-01T00:00:00Z"));
    }

    Bench() {
        this(new ReadModel(Clock.systemUTC()));
    }

    public ReadModel model() {
        return model;
    }

    SimpleMeterRegistry meters() {
        return registry;
    }

    void lag(boolean changed) {
        lagging = changed;
    }

    public void command(String study, Command command) {
        input(Topics.COMMANDS, study, StudyCodecs.COMMAND.write(command));
    }

    public void event(TrialEvent event) {
        input(Topics.EVENTS, event.trial().study().name(), Codecs.EVENT.write(event));
    }

    public void input(Topics topic, String key, byte[] value) {
        inputs.add(new Input(topic, key, value));
        driver.createInputTopic(topic.topic(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value);
        settle();
    }

    /** Lets {@code seconds} pass, with a worker of {@code slots} slots alive. */
    public void seconds(int seconds, int slots) {
        for (int second = 0; second < seconds; second++) {
            elapsed += Duration.ofSeconds(1).toNanos();
            capacity.heard(new WorkerStatus("worker", slots, 0, 1L << 30));
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            settle();
        }
    }

    /** Sets the system's clock forward, in no time. */
    void clockJumps(Duration forward) {
        driver.advanceWallClockTime(forward);
        settle();
    }

    /** Feeds everything that ever went in once more. */
    void repeat() {
        for (Input input : List.copyOf(inputs)) {
            input(input.topic(), input.key(), input.value());
        }
    }

    /** The assignments that were published since this was asked last. */
    public List<Assignment> taken() {
        List<Assignment> taken = List.copyOf(queue);
        queue.clear();
        return taken;
    }

    List<Fact> facts() {
        return journal.stream()
                .map(record -> StudyCodecs.FACT.read(record.value()))
                .toList();
    }

    List<TestRecord<String, byte[]>> read(Topics topic) {
        return driver.createOutputTopic(topic.topic(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** Everything that is stored. */
    Map<String, byte[]> stored() {
        var all = new TreeMap<String, byte[]>();
        try (KeyValueIterator<String, byte[]> entries =
                driver.<String, byte[]>getKeyValueStore(Entities.STORE).all()) {
            entries.forEachRemaining(entry -> all.put(entry.key, entry.value));
        }
        return all;
    }

    /** Folds what was written, and answers the requests for suggestions that are open, until nothing new comes. */
    private void settle() {
        boolean more = true;
        while (more) {
            List<TestRecord<String, byte[]>> facts = read(Topics.JOURNAL);
            journal.addAll(facts);
            facts.forEach(record -> model.fold(
                    new StudyId(record.key()), StudyCodecs.FACT.read(record.value()), record.getRecordTime()));
            read(Topics.TRIALS).forEach(record -> queue.add(Codecs.ASSIGNMENT.read(record.value())));
            read(Topics.DEMAND)
                    .forEach(record -> capacity.wanted(
                            new StudyId(record.key()),
                            record.value() == null
                                    ? 0
                                    : StudyCodecs.DEMAND.read(record.value()).slots()));
            more = !facts.isEmpty();
            model.entities()
                    .filter(study -> study.request().isPresent())
                    .toList()
                    .forEach(this::suggest);
        }
    }

    private void suggest(StudyEntity study) {
        SuggestionRequest open = study.request().orElseThrow();
        var id = new RequestId("suggestions-" + study.id() + "-" + open.number());
        var view = SearchViews.of(
                study, study.spec().orElseThrow(), model.trials(study.id()), new SearchViews.Slots(1, List.of()));
        var offer = new Command.OfferSuggestions(id, open.number(), new SobolSearch().suggest(view, open.count(), 1));
        var answer = new Input(Topics.COMMANDS, study.id().name(), StudyCodecs.COMMAND.write(offer));
        inputs.add(answer);
        driver.createInputTopic(answer.topic().topic(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(answer.key(), answer.value());
    }

    @Override
    public void close() {
        driver.close();
    }

    private record Input(Topics topic, String key, byte[] value) {}
}
