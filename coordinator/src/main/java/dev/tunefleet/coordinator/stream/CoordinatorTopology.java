package dev.tunefleet.coordinator.stream;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

import dev.tunefleet.common.topic.Topics;

/**
 * The topology: commands and events, both keyed by study, meet in one processor, whose facts, attempts and directives go out
 * in the transaction that moves the input's offsets. Values stay bytes until they are in the processor, so that one that
 * cannot be read stops nothing.
 */
final class CoordinatorTopology {

    private static final String PROCESSOR = "studies";

    private CoordinatorTopology() {}

    static Topology of(Surroundings surroundings) {
        var topology = new Topology();
        source(topology, Topics.COMMANDS);
        source(topology, Topics.EVENTS);
        topology.addProcessor(
                PROCESSOR, () -> new StudyProcessor(surroundings), Topics.COMMANDS.topic(), Topics.EVENTS.topic());
        topology.addStateStore(Entities.builder(), PROCESSOR);
        sink(topology, Topics.JOURNAL);
        sink(topology, Topics.TRIALS);
        sink(topology, Topics.DIRECTIVES);
        sink(topology, Topics.DEMAND);
        sink(topology, Topics.DEAD_LETTERS);
        return topology;
    }

    private static void source(Topology topology, Topics topic) {
        topology.addSource(topic.topic(), new StringDeserializer(), new ByteArrayDeserializer(), topic.topic());
    }

    private static void sink(Topology topology, Topics topic) {
        topology.addSink(topic.topic(), topic.topic(), new StringSerializer(), new ByteArraySerializer(), PROCESSOR);
    }
}
