package dev.tunefleet.coordinator.view;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.StudyState;
import dev.tunefleet.coordinator.study.TrialEntity;

/** Everything that can be shown, folded from the journal. Thread-safe: one thread folds, others look. */
@Singleton
public class ReadModel {

    private final ConcurrentMap<StudyId, StudyRead> studies = new ConcurrentHashMap<>();
    private final Replies replies = new Replies();
    private final Clock clock;

    @Inject
    ReadModel() {
        this(Clock.systemUTC());
    }

    /** @param clock tells how long a running study has run */
    public ReadModel(Clock clock) {
        this.clock = clock;
    }

    /** Folds one fact of the journal, written at {@code time}; returns what looks different after it. */
    public Change fold(StudyId id, Fact fact, Instant time) {
        StudyRead study = studies.computeIfAbsent(id, absent -> new StudyRead(absent, time));
        List<Integer> trials = study.fold(fact, time);
        if (fact instanceof Fact.Answer answer) {
            replies.came(id, answer.request(), reply(answer));
        }
        return new Change(id, trials);
    }

    private static Reply reply(Fact.Answer answer) {
        return switch (answer) {
            case Fact.RequestAnswered ignored -> new Reply.Done();
            case Fact.RequestRefused refused -> new Reply.Refused(refused.reason());
        };
    }

    public Replies replies() {
        return replies;
    }

    /** The study {@code id}, unless there is none. */
    public Optional<StudyShown> study(StudyId id) {
        Instant now = clock.instant();
        return present(id).map(study -> study.shown(now));
    }

    /** Studies from {@code offset} on, {@code limit} at most, newest first. */
    public Page<StudyShown> studies(int offset, int limit) {
        Instant now = clock.instant();
        List<StudyShown> all = present()
                .map(study -> study.shown(now))
                .sorted(Comparator.comparing(StudyShown::created).reversed().thenComparing(shown -> shown.study()
                        .id()))
                .toList();
        return new Page<>(all.size(), all.stream().skip(offset).limit(limit).toList());
    }

    /** The studies' own values, without their trials, in no order. */
    public Stream<StudyEntity> entities() {
        return present().map(StudyRead::entity);
    }

    /** Every study in numbers, in no order. */
    public List<StudyFigures> figures() {
        return present().map(StudyRead::figures).toList();
    }

    /**
     * What each study has in the blob store, deleted ones too, in no order. O(n log n) for n trials in all.
     *
     * @param front the trials of a study whose models are wanted besides those of the best
     */
    public List<Holdings> holdings(Function<StudyId, Set<Integer>> front) {
        return studies.entrySet().stream()
                .map(study -> study.getValue().holdings(front.apply(study.getKey())))
                .toList();
    }

    /** The study's own value, without its trials. */
    public Optional<StudyEntity> entity(StudyId id) {
        return present(id).map(StudyRead::entity);
    }

    /** All trials of the study {@code id} in order of their numbers; none where there is no such study. */
    public List<TrialEntity> trials(StudyId id) {
        return present(id).map(StudyRead::trials).orElse(List.of());
    }

    public Optional<TrialShown> trial(StudyId id, int number) {
        return present(id).flatMap(study -> study.trial(number));
    }

    /** The measured epochs of a trial, in order; none where there is no such trial. */
    public List<Measurement> curve(StudyId id, int number) {
        return present(id).map(study -> study.curve(number)).orElse(List.of());
    }

    /** Trials of the study {@code id}, those in {@code phase} where one is given. */
    public Page<TrialShown> page(StudyId id, int offset, int limit, Optional<Phase> phase) {
        return present(id).map(study -> study.page(offset, limit, phase)).orElse(new Page<>(0, List.of()));
    }

    private Optional<StudyRead> present(StudyId id) {
        return Optional.ofNullable(studies.get(id)).filter(ReadModel::present);
    }

    private Stream<StudyRead> present() {
        return studies.values().stream().filter(ReadModel::present);
    }

    private static boolean present(StudyRead study) {
        StudyState state = study.entity().state();
        return state != StudyState.ABSENT && state != StudyState.DELETED;
    }
}
