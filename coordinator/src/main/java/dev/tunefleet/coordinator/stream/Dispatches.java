package dev.tunefleet.coordinator.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import dev.tunefleet.common.trial.StudyId;

/**
 * Which requests for suggestions are being answered, or were answered so lately that the journal may not say so yet. One of
 * each study, and a study that is created anew begins anew. Thread-safe.
 */
final class Dispatches {

    /** How long an answer may take to appear in the journal before the search is asked again. */
    static final Duration AGAIN = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final Map<StudyId, Dispatch> newest = new ConcurrentHashMap<>();

    Dispatches(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether {@code question} is to be answered now. If so, it counts as being answered until it is answered or dropped. */
    boolean begin(Question question) {
        long now = nanoTime.getAsLong();
        var mine = new Dispatch(question, OptionalLong.empty());
        return newest.compute(
                        question.study(),
                        (study, before) -> before != null && before.bars(question, now) ? before : mine)
                == mine;
    }

    /** An answer is on its way, or could not be found this time. */
    void answered(Question question) {
        var done = new Dispatch(question, OptionalLong.of(nanoTime.getAsLong()));
        newest.computeIfPresent(
                question.study(), (study, before) -> before.question().equals(question) ? done : before);
    }

    /** Nobody has tried to answer {@code question}. */
    void dropped(Question question) {
        newest.computeIfPresent(
                question.study(), (study, before) -> before.question().equals(question) ? null : before);
    }

    /** Forgets the studies that are not {@code there} any more. */
    void retain(Predicate<StudyId> there) {
        newest.keySet().removeIf(there.negate());
    }

    /** The request {@code number} of the study that was created at {@code created}. */
    record Question(StudyId study, Instant created, long number) {}

    private record Dispatch(Question question, OptionalLong answeredAt) {
        private boolean bars(Question next, long now) {
            if (!question.created().equals(next.created()) || question.number() < next.number()) {
                return false;
            }
            return answeredAt.isEmpty() || now - answeredAt.getAsLong() <= AGAIN.toNanos();
        }
    }
}
