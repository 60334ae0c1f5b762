package dev.tunefleet.coordinator.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jboss.logging.Logger;

import dev.tunefleet.common.topic.Topics;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.wire.Codecs;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.Decision;
import dev.tunefleet.coordinator.study.Effect;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.Place;
import dev.tunefleet.coordinator.study.Study;

/**
 * Decides what each command, event and second means for the studies of one partition, writes their entities and sends what
 * was decided. One thread.
 */
final class StudyProcessor implements Processor<String, byte[], String, byte[]> {

    static final Duration TICK = Duration.ofMillis(500);

    private static final Logger LOG = Logger.getLogger(StudyProcessor.class);
    private static final Duration OVERDUE = Duration.ofSeconds(1);
    /** Input that is older came while others were decided: to commit each by itself would leave no time to decide. */
    private static final Duration BEHIND = Duration.ofMillis(20);
    /** What follows from an input repeats much of it, each time in a record that must not be larger than a producer takes. */
    private static final int LARGEST_INPUT_BYTES = 512 << 10;
    /** The slots of a fleet in which each new attempt is waited for. In a larger one others wait in the queue already. */
    private static final int SMALL = 32;

    private final Surroundings surroundings;
    /** Those that have not ended, and those that have and of which something was heard just now. */
    private final Map<StudyId, Study> studies = new HashMap<>();
    /** What input came for since the last tick. */
    private final Set<StudyId> touched = new HashSet<>();

    private ProcessorContext<String, byte[]> context;
    private Entities entities;
    private Outlet outlet;
    private long lastTick;
    private boolean small = true;

    StudyProcessor(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> given) {
        context = given;
        entities = new Entities(context.getStateStore(Entities.STORE));
        outlet = new Outlet(context, surroundings.meters());
        lastTick = surroundings.nanoTime().getAsLong();
        entities.studies().forEach(this::load);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> tick());
        surroundings.ownership().gained(context.taskId().partition());
    }

    @Override
    public void process(Record<String, byte[]> input) {
        long began = System.nanoTime();
        // A clock that is set back would silence the punctuator, not the workers.
        if (surroundings.nanoTime().getAsLong() - lastTick > OVERDUE.toNanos()) {
            tick();
        }
        RecordMetadata place = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("A record of the input must have a place."));
        decision(input, place).ifPresent(decided -> {
            carryOut(decided);
            touched.add(decided.study());
            boolean behind = context.currentSystemTimeMs() - input.timestamp() > BEHIND.toMillis();
            if (small && !behind && awaited(decided.decision())) {
                context.commit();
            }
        });
        surroundings.meters().decided(Duration.ofNanos(System.nanoTime() - began));
    }

    /** What follows from {@code input}; nothing where it cannot be read or decided, which is a dead letter. */
    private Optional<Decided> decision(Record<String, byte[]> input, RecordMetadata place) {
        Optional<StudyId> meant = Optional.empty();
        try {
            if (input.key() == null) {
                throw new IllegalArgumentException("The key of a record must be the name of its study.");
            }
            if (input.value() != null && input.value().length > LARGEST_INPUT_BYTES) {
                throw new IllegalArgumentException("The size (" + input.value().length
                        + " bytes) of a record must be at most " + LARGEST_INPUT_BYTES + " bytes.");
            }
            var id = new StudyId(input.key());
            if (place.topic().equals(Topics.COMMANDS.topic())) {
                Command command = StudyCodecs.COMMAND.read(input.value());
                meant = Optional.of(id);
                var here = new Place(place.offset(), Instant.ofEpochMilli(input.timestamp()));
                return Optional.of(decided(id, study -> study.decide(command, Optional.of(here))));
            }
            TrialEvent event = Codecs.EVENT.read(input.value());
            if (!event.trial().study().equals(id)) {
                throw new IllegalArgumentException("The key (" + id + ") of an event of trial " + event.trial()
                        + " must be the name of its study.");
            }
            meant = Optional.of(id);
            return Optional.of(decided(id, study -> study.decide(event)));
        } catch (RuntimeException failure) {
            // A decision that broke off may have folded half of its facts; the stored study has none of them.
            meant.ifPresent(this::reload);
            outlet.bury(input, place, failure);
            return Optional.empty();
        }
    }

    /** Whether a slot, the search or a person waits for {@code decision}. */
    private static boolean awaited(Decision decision) {
        return decision.effects().stream().anyMatch(Effect.Publish.class::isInstance)
                || decision.facts().stream()
                        .anyMatch(fact -> fact instanceof Fact.Answer || fact instanceof Fact.SuggestionsRequested);
    }

    private void tick() {
        lastTick = surroundings.nanoTime().getAsLong();
        small = surroundings.capacity().liveSlots() <= SMALL;
        var now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        boolean lagging = !surroundings.lag().zero(context.taskId().partition());
        // Reports of an ended study come late, many at once: to read it anew for each would hold up the other studies.
        studies.entrySet().removeIf(each -> each.getValue().ended() && !touched.contains(each.getKey()));
        touched.clear();
        for (StudyId id : List.copyOf(studies.keySet())) {
            decision(id, now, lagging).ifPresent(this::carryOut);
        }
    }

    private Optional<Decided> decision(StudyId id, Instant now, boolean lagging) {
        try {
            int slots = surroundings.capacity().shareOf(id);
            return Optional.of(decided(id, study -> study.tick(now, lagging, slots)));
        } catch (RuntimeException broken) {
            // One study that cannot go on must not take the others with it.
            LOG.errorf(broken, "The study %s could not take note of the time and is loaded anew.", id);
            reload(id);
            return Optional.empty();
        }
    }

    /** Takes the study that is stored under {@code name}, where that is the name of one. */
    private void load(String name) {
        StudyId id;
        try {
            id = new StudyId(name);
        } catch (IllegalArgumentException illegal) {
            surroundings.meters().studyNotLoaded();
            LOG.errorf("What is stored as study (%s) is passed over: %s", name, illegal.getMessage());
            return;
        }
        reload(id);
    }

    /** Takes the study {@code id} as it is stored. Where that cannot be read, the other studies go on without it. */
    private void reload(StudyId id) {
        studies.remove(id);
        try {
            if (!entities.study(id).state().ended()) {
                studies.put(id, entities.load(id));
            }
        } catch (RuntimeException broken) {
            surroundings.meters().studyNotLoaded();
            LOG.errorf(broken, "The study %s could not be loaded and stands still.", id);
        }
    }

    private Study study(StudyId id) {
        return studies.computeIfAbsent(id, entities::load);
    }

    /** What the study {@code id} decides, with everything written that is to be stored and sent: what cannot be was not decided. */
    private Decided decided(StudyId id, Function<Study, Decision> input) {
        Study study = study(id);
        Decision decision = input.apply(study);
        return new Decided(id, decision, Entities.written(id, study.changes()), Outlet.written(id, decision));
    }

    private void carryOut(Decided decided) {
        entities.store(decided.stored());
        outlet.send(decided.sent(), decided.decision().facts());
        Study study = study(decided.study());
        // One that is deleted costs nothing to read, and must leave nothing to another one of its name.
        if (study.ended() && study.trials().isEmpty()) {
            studies.remove(decided.study());
        }
    }

    @Override
    public void close() {
        surroundings.ownership().lost(context.taskId().partition());
    }

    private record Decided(StudyId study, Decision decision, List<Outgoing> stored, List<Outgoing> sent) {}
}
