package dev.tunefleet.coordinator.stream;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.AttemptId;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.TrialId;
import dev.tunefleet.common.trial.WorkerStatus;
import dev.tunefleet.common.wire.Codecs;
import dev.tunefleet.coordinator.metrics.Meters;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.RequestId;
import dev.tunefleet.coordinator.study.Study;

import static org.assertj.core.api.Assertions.assertThat;

class StudyProcessorTest {

    private static final long START = 1_000_000;
    private static final int REPORTS = 50;
    /** For the command that makes the study. */
    private static final int BEFORE_THE_END = 1;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>(new Properties());
    private final Capacity capacity = new Capacity(() -> 0);
    private final KeyValueStore<String, byte[]> store =
            Entities.builder().withLoggingDisabled().build();

    @Test
    void aStudyThatCannotBeLoadedStandsStillAndTheOthersGoOn() {
        store.init(context.getStateStoreContext(), store);
        for (String key : List.of("study/aaa", "study/", "study/a/b")) {
            store.put(key, "rubbish".getBytes(StandardCharsets.UTF_8));
        }
        var births = new StudyId("births");
        new Entities(store).store(Entities.written(births, aCreatedStudy(births).changes()));
        capacity.wanted(births, 1);
        capacity.heard(new WorkerStatus("worker", 1, 0, 1L << 30));

        var processor = new StudyProcessor(
                new Surroundings(capacity, partition -> true, new Ownership(), new Meters(registry), () -> 0));
        context.setCurrentSystemTimeMs(1000);
        processor.init(context);
        context.scheduledPunctuators().getFirst().getPunctuator().punctuate(1000);

        assertThat(registry.counter("tunefleet.studies.not.loaded").count()).isEqualTo(3);
        assertThat(context.forwarded(Topics.TRIALS.topic())).hasSize(1);
    }

    @Test
    void aDecisionThatIsWaitedForIsCommittedAtOnceUnlessTheInputIsBehind() {
        StudyProcessor processor = aProcessor();

        processor.process(new Record<>("births", pause("first"), 995));
        boolean fresh = context.committed();
        context.resetCommit();
        processor.process(new Record<>("births", pause("second"), 900));

        assertThat(fresh).isTrue();
        assertThat(context.committed()).isFalse();
        assertThat(context.forwarded(Topics.JOURNAL.topic())).hasSize(2);
    }

    @Test
    void inALargeFleetDecisionsAreCommittedTogether() {
        capacity.heard(new WorkerStatus("worker", 33, 0, 1L << 30));
        StudyProcessor processor = aProcessor();
        context.scheduledPunctuators().getFirst().getPunctuator().punctuate(1000);

        processor.process(new Record<>("births", pause("first"), 995));

        assertThat(context.committed()).isFalse();
        assertThat(context.forwarded(Topics.JOURNAL.topic())).hasSize(1);
    }

    @Test
    void anEndedStudyIsReadOnceHoweverManyReportsComeLate() {
        var scans = new AtomicInteger();
        StudyProcessor processor = aProcessor(counting(scans));
        endsWithATrialInTheQueue(processor);
        Map<String, String> ended = stored();
        reportsComeLate(processor);
        passes(500);
        reportsComeLate(processor);
        int whileItIsKept = scans.get();
        passes(1000);
        passes(1500);
        context.resetForwards();

        reportsComeLate(processor);
        passes(2000);
        reportsComeLate(processor);

        assertThat(ended.get("study/births")).contains("FAILED");
        assertThat(whileItIsKept).isEqualTo(BEFORE_THE_END);
        assertThat(scans).hasValue(BEFORE_THE_END + 1);
        assertThat(context.forwarded()).hasSize(2 * REPORTS).allSatisfy(sent -> assertThat(sent.childName())
                .contains(Topics.DIRECTIVES.topic()));
        assertThat(stored()).isEqualTo(ended);
    }

    @Test
    void aStudyThatIsMadeAnewCountsItsTimeFromItsBeginning() {
        StudyProcessor processor = aProcessor();
        List<Command> commands = aLongLife();
        read(processor, commands.subList(0, 1), 0, START);
        passes(1000);
        passes(9500);

        read(processor, commands.subList(1, 3), 1, START + 10);
        passes(10_000);
        passes(12_000);

        assertThat(facts()).doesNotHaveAnyElementsOfTypes(Fact.TimeSpent.class);
    }

    @Test
    void readingHundredsOfCommandsOnceMoreChangesNothing() {
        List<Command> commands = aLongLife();
        StudyProcessor processor = aProcessor();
        read(processor, commands, 0, START);
        Map<String, String> before = stored();
        context.resetForwards();

        read(processor, commands, 0, START);

        assertThat(before).containsKey("trial/births/0");
        assertThat(stored()).isEqualTo(before);
        assertThat(context.forwarded()).isEmpty();
    }

    @Test
    void aTopicThatWasMadeAnewIsReadFromItsFirstCommand() {
        StudyProcessor processor = aProcessor();
        read(processor, aLongLife(), 0, START);

        read(processor, List.of(new Command.StopStudy(new RequestId("stop"))), 0, START + 1_000_000);

        assertThat(new Entities(store).study(new StudyId("births")).ending()).isPresent();
    }

    /** A study that is made, deleted and made again, paused and resumed. */
    private static List<Command> aLongLife() {
        var dataset = new BlobRef("datasets/births.csv", "aa", 3);
        var commands = new ArrayList<Command>(List.of(
                new Command.CreateStudy(new RequestId("first"), Specs.aStudySpec(), dataset),
                new Command.DeleteStudy(new RequestId("delete")),
                new Command.CreateStudy(new RequestId("second"), Specs.aStudySpec(), dataset)));
        for (int time = 0; time < 200; time++) {
            commands.add(new Command.PauseStudy(new RequestId("pause-" + time)));
            commands.add(new Command.ResumeStudy(new RequestId("resume-" + time)));
        }
        return commands;
    }

    private void endsWithATrialInTheQueue(StudyProcessor processor) {
        var births = new StudyId("births");
        capacity.wanted(births, 1);
        capacity.heard(new WorkerStatus("worker", 1, 0, 1L << 30));
        read(processor, aLongLife().subList(0, 1), 0, START);
        passes(0);
        assertThat(context.forwarded(Topics.TRIALS.topic())).hasSize(1);
        read(processor, List.of(new Command.StopStudy(new RequestId("stop"))), 1, START + 10);
    }

    private void reportsComeLate(StudyProcessor processor) {
        context.setRecordMetadata(Topics.EVENTS.topic(), 0, 0);
        var attempt = new AttemptId(new TrialId(new StudyId("births"), 0), 1);
        for (int report = 0; report < REPORTS; report++) {
            var event = new TrialEvent.TrialProgressed(new Execution(attempt, new UUID(0, report), "worker"), 1);
            processor.process(new Record<>("births", Codecs.EVENT.write(event), 995));
        }
    }

    /** The next tick comes at {@code time}. */
    private void passes(long time) {
        context.setCurrentSystemTimeMs(time);
        context.scheduledPunctuators().getFirst().getPunctuator().punctuate(time);
    }

    private List<Fact> facts() {
        return context.forwarded(Topics.JOURNAL.topic()).stream()
                .map(sent -> StudyCodecs.FACT.read((byte[]) sent.record().value()))
                .toList();
    }

    /** The store, with each reading of all trials of a study counted. */
    @SuppressWarnings("unchecked")
    private KeyValueStore<String, byte[]> counting(AtomicInteger scans) {
        return (KeyValueStore<String, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prefixScan") && arguments[0].equals("trial/births/")) {
                        scans.incrementAndGet();
                    }
                    return method.invoke(store, arguments);
                });
    }

    /** The clocks of those who send the commands differ. */
    private void read(StudyProcessor processor, List<Command> commands, long offset, long time) {
        for (int number = 0; number < commands.size(); number++) {
            context.setRecordMetadata(Topics.COMMANDS.topic(), 0, offset + number);
            long sent = time + number * 10L + (number % 3 == 0 ? 500 : 0);
            processor.process(new Record<>("births", StudyCodecs.COMMAND.write(commands.get(number)), sent));
        }
    }

    private Map<String, String> stored() {
        var all = new TreeMap<String, String>();
        try (KeyValueIterator<String, byte[]> entries = store.all()) {
            entries.forEachRemaining(entry -> all.put(entry.key, new String(entry.value, StandardCharsets.UTF_8)));
        }
        return all;
    }

    private StudyProcessor aProcessor() {
        return aProcessor(store);
    }

    private StudyProcessor aProcessor(KeyValueStore<String, byte[]> seen) {
        store.init(context.getStateStoreContext(), seen);
        var processor = new StudyProcessor(
                new Surroundings(capacity, partition -> true, new Ownership(), new Meters(registry), () -> 0));
        context.setCurrentSystemTimeMs(1000);
        context.setRecordMetadata(Topics.COMMANDS.topic(), 0, 0);
        processor.init(context);
        return processor;
    }

    private static byte[] pause(String request) {
        return StudyCodecs.COMMAND.write(new Command.PauseStudy(new RequestId(request)));
    }

    private static Study aCreatedStudy(StudyId id) {
        Study study = Study.absent(id);
        study.decide(new Command.CreateStudy(
                new RequestId("create"), Specs.aStudySpec(), new BlobRef("datasets/births.csv", "aa", 3)));
        return study;
    }
}
