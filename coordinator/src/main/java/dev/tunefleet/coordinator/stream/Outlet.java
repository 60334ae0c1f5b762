package dev.tunefleet.coordinator.stream;

import java.util.List;
import java.util.stream.Stream;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jboss.logging.Logger;

import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.Assignment;
import dev.tunefleet.common.trial.Directive;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.wire.Codecs;
import dev.tunefleet.coordinator.metrics.Meters;
import dev.tunefleet.coordinator.study.Decision;
import dev.tunefleet.coordinator.study.Effect;
import dev.tunefleet.coordinator.study.Fact;

/** Writes facts, effects and dead letters to their topics, in the transaction of their task. */
final class Outlet {

    private static final Logger LOG = Logger.getLogger(Outlet.class);
    private static final byte[] TOMBSTONE = null;

    private final ProcessorContext<String, byte[]> context;
    private final Meters meters;

    Outlet(ProcessorContext<String, byte[]> context, Meters meters) {
        this.context = context;
        this.meters = meters;
    }

    /** What {@code decision} says, its facts under the key of {@code study}, as it is to be sent. */
    static List<Outgoing> written(StudyId study, Decision decision) {
        Stream<Outgoing> facts = decision.facts().stream()
                .map(fact -> outgoing(Topics.JOURNAL, study.name(), StudyCodecs.FACT.write(fact)));
        Stream<Outgoing> effects = decision.effects().stream().map(effect -> written(study, effect));
        return Stream.concat(facts, effects).toList();
    }

    /** Sends {@code written}, and counts the {@code facts} in it. */
    void send(List<Outgoing> written, List<Fact> facts) {
        facts.forEach(this::count);
        for (Outgoing each : written) {
            context.forward(new Record<>(each.key(), each.value(), context.currentSystemTimeMs()), each.to());
        }
    }

    private static Outgoing written(StudyId study, Effect effect) {
        return switch (effect) {
            case Effect.Publish(Assignment assignment) ->
                outgoing(Topics.TRIALS, assignment.attempt().trial().toString(), Codecs.ASSIGNMENT.write(assignment));
            case Effect.Direct(Directive directive) ->
                outgoing(Topics.DIRECTIVES, key(directive), Codecs.DIRECTIVE.write(directive));
            case Effect.ClearDirective(var trial) -> outgoing(Topics.DIRECTIVES, trial.toString(), TOMBSTONE);
            case Effect.ClearStudyDirective(var cleared) -> outgoing(Topics.DIRECTIVES, cleared.name(), TOMBSTONE);
            case Effect.Demand(int slots) ->
                outgoing(
                        Topics.DEMAND,
                        study.name(),
                        slots == 0 ? TOMBSTONE : StudyCodecs.DEMAND.write(new StudyDemand(slots)));
        };
    }

    private static String key(Directive directive) {
        return switch (directive) {
            case Directive.Own own -> own.attempt().trial().toString();
            case Directive.StopTrial stop -> stop.attempt().trial().toString();
            case Directive.StopStudy stop -> stop.study().name();
        };
    }

    private void count(Fact fact) {
        if (fact instanceof Fact.LateEventIgnored) {
            meters.lateEventIgnored();
        } else if (fact instanceof Fact.AttemptLost) {
            meters.attemptLost();
        } else if (fact instanceof Fact.AttemptReleased) {
            meters.attemptReleased();
        } else if (fact instanceof Fact.RequestRefused) {
            meters.requestRefused();
        }
    }

    /** Keeps {@code record} for people to look at, with where it came from and why it is there. */
    void bury(Record<String, byte[]> record, RecordMetadata place, RuntimeException failure) {
        var letter = DeadLetter.of(record, place, failure);
        LOG.warnf(
                "The record at %s-%d@%d was put among the dead letters: %s",
                place.topic(), place.partition(), place.offset(), letter.reason());
        LOG.debug("It was refused here.", failure);
        meters.deadLetter(place.topic());
        context.forward(letter.written(context.currentSystemTimeMs()), Topics.DEAD_LETTERS.topic());
    }

    private static Outgoing outgoing(Topics topic, String key, byte[] value) {
        return new Outgoing(topic.topic(), key, value);
    }
}
