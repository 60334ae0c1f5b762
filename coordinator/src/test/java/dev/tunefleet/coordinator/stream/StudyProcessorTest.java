package dev.tunefleet.coordinator.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.WorkerStatus;
import dev.tunefleet.coordinator.metrics.Meters;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.RequestId;
import dev.tunefleet.coordinator.study.Study;

import static org.assertj.core.api.Assertions.assertThat;

class StudyProcessorTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>(new Properties());
    private final Capacity capacity = new Capacity(() -> 0);

    @Test
    void aStudyThatCannotBeLoadedStandsStillAndTheOthersGoOn() {
        KeyValueStore<String, byte[]> store =
                Entities.builder().withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        for (String key : List.of("study/aaa", "study/", "study/a/b")) {
            store.put(key, "rubbish".getBytes(StandardCharsets.UTF_8));
        }
        var births = new StudyId("births");
        new Entities(store).write(births, aCreatedStudy(births).changes());
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

    private StudyProcessor aProcessor() {
        KeyValueStore<String, byte[]> store =
                Entities.builder().withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
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
