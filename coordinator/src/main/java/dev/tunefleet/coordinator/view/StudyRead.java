package dev.tunefleet.coordinator.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.study.Best;
import dev.tunefleet.coordinator.study.Changes;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.Models;
import dev.tunefleet.coordinator.study.Study;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.TrialEntity;
import dev.tunefleet.coordinator.study.TrialState;

/**
 * One study as folded from the journal. Thread-safe: one thread folds, others look.
 *
 * <p>The rules of the fold are the study's own; what is added here is what a study does not remember: curves, times, workers.
 * A fact costs O(1), a page O(page), a filtered page O(trials).
 */
final class StudyRead {

    /** How long a study goes on at most without counting its time. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Study study;
    private final StudyTally tally = new StudyTally();
    private final List<TrialRead> trials = new ArrayList<>();
    private final Map<String, Instant> left = new HashMap<>();
    private StudyEntity entity;
    private Instant created;
    private Instant counted;
    private Duration uncounted = Duration.ZERO;
    private long epochs;

    StudyRead(StudyId id, Instant created) {
        this.entity = StudyEntity.absent(id);
        this.study = Study.absent(id);
        this.created = created;
        this.counted = created;
    }

    /** Folds {@code fact}; returns the numbers of the trials that it changed. */
    synchronized List<Integer> fold(Fact fact, Instant time) {
        if (fact instanceof Fact.EpochMeasured measured) {
            return measure(measured);
        }
        if (fact instanceof Fact.StudyDeleted) {
            entity.dataset().ifPresent(dataset -> left.put(dataset.key(), time));
        }
        study.replay(fact);
        if (fact instanceof Fact.StudyCreated) {
            created = time;
            epochs = 0;
        }
        Changes changes = study.changes();
        changes.study().ifPresent(changed -> take(changed, time));
        if (!changes.forgotten().isEmpty()) {
            trials.clear();
            tally.clear();
        }
        var touched = new ArrayList<Integer>();
        for (TrialEntity trial : changes.trials()) {
            put(trial, time);
            touched.add(trial.number());
        }
        return touched;
    }

    /** Adds an epoch to the curve of its trial, which is all that it changes. */
    private List<Integer> measure(Fact.EpochMeasured measured) {
        boolean fresh = measured.trial() < trials.size()
                && trials.get(measured.trial()).curve.add(measured.attempt(), measured.measurement());
        epochs += fresh ? 1 : 0;
        return fresh ? List.of(measured.trial()) : List.of();
    }

    /** A study counts its time every few seconds only; what it has run since is told by the times of its facts. */
    private void take(StudyEntity changed, Instant time) {
        boolean ran = entity.timed();
        if (!changed.spent().equals(entity.spent()) || !ran) {
            uncounted = Duration.ZERO;
            counted = time;
        } else if (!changed.timed()) {
            uncounted = since(time);
        }
        entity = changed;
    }

    private Duration since(Instant now) {
        Duration since = Duration.between(counted, now);
        return since.isNegative() ? Duration.ZERO : since.compareTo(LONGEST) > 0 ? LONGEST : since;
    }

    private void put(TrialEntity trial, Instant time) {
        while (trials.size() <= trial.number()) {
            trials.add(new TrialRead());
        }
        TrialRead read = trials.get(trial.number());
        tally.changed(read.trial, trial, time);
        read.trial = Optional.of(trial);
        if (trial.state().terminal() && read.ended.isEmpty()) {
            read.ended = Optional.of(time);
        }
        if (trial.state() instanceof TrialState.Running running) {
            read.worker = running.worker();
        }
        if (trial.state().terminal()) {
            read.curve.trim();
        }
    }

    synchronized StudyEntity entity() {
        return entity;
    }

    synchronized StudyShown shown(Instant now) {
        Optional<TrialEntity> best = entity.best()
                .filter(found -> found.trial() < trials.size())
                .flatMap(found -> trials.get(found.trial()).trial);
        Duration open = entity.timed() ? since(now) : uncounted;
        return new StudyShown(entity, created, entity.spent().plus(open), tally.phases(), epochs, best);
    }

    synchronized StudyFigures figures() {
        return new StudyFigures(
                entity.id(),
                entity.state(),
                tally.standings(),
                tally.waiting(),
                tally.oldestWaiting(),
                entity.best().map(Best::value));
    }

    /** @param front trials whose models are wanted besides those of the best */
    synchronized Holdings holdings(Set<Integer> front) {
        Map<Integer, Instant> ended = new HashMap<>();
        Map<String, Instant> models = new HashMap<>();
        Set<String> wanted = new HashSet<>();
        Set<Integer> kept = new HashSet<>(Models.kept(entity, trials()));
        kept.addAll(front);
        for (TrialRead read : trials) {
            TrialEntity trial = read.trial.orElseThrow();
            read.ended.ifPresent(when -> ended.put(trial.number(), when));
            if (trial.state() instanceof TrialState.Completed completed) {
                models.put(completed.model().key(), read.ended.orElseThrow());
                if (kept.contains(trial.number())) {
                    wanted.add(completed.model().key());
                }
            }
        }
        entity.evaluation()
                .ifPresent(evaluation -> wanted.add(evaluation.model().key()));
        return new Holdings(
                entity.id(), entity.dataset().map(BlobRef::key), left, trials.size(), ended, models, wanted);
    }

    synchronized List<TrialEntity> trials() {
        return trials.stream().flatMap(read -> read.trial.stream()).toList();
    }

    synchronized Optional<TrialShown> trial(int number) {
        return number < 0 || number >= trials.size()
                ? Optional.empty()
                : trials.get(number).shown();
    }

    /** The measured epochs of a trial, in order; none where there is no such trial. */
    synchronized List<Measurement> curve(int number) {
        return number < 0 || number >= trials.size()
                ? List.of()
                : trials.get(number).curve.measurements();
    }

    /** The trials from {@code offset} on, {@code limit} at most, in order of their numbers. */
    synchronized Page<TrialShown> page(int offset, int limit, Optional<Phase> phase) {
        if (phase.isEmpty()) {
            int from = Math.min(offset, trials.size());
            int to = (int) Math.min(trials.size(), (long) from + limit);
            return new Page<>(
                    trials.size(),
                    trials.subList(from, to).stream()
                            .flatMap(read -> read.shown().stream())
                            .toList());
        }
        List<TrialRead> matching = trials.stream()
                .filter(read -> read.trial
                        .filter(trial -> Phase.of(trial.state()) == phase.get())
                        .isPresent())
                .toList();
        return new Page<>(
                matching.size(),
                matching.stream()
                        .skip(offset)
                        .limit(limit)
                        .flatMap(read -> read.shown().stream())
                        .toList());
    }

    private static final class TrialRead {
        private final Curve curve = new Curve();
        private Optional<TrialEntity> trial = Optional.empty();
        private String worker = "";
        private Optional<Instant> ended = Optional.empty();

        private Optional<TrialShown> shown() {
            return trial.map(found -> new TrialShown(found, worker, curve.progress()));
        }
    }
}
