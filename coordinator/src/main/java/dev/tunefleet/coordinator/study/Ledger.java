package dev.tunefleet.coordinator.study;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.Scheduler;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.trial.TrialId;
import dev.tunefleet.coordinator.schedule.Schedule;

/**
 * The state of a study: its entities, indexes of the trials that are not finished, and what changed since it was asked last.
 * Only {@link Folding} and {@link TrialFolding} change it. Reading costs at most O(log n) for n trials unless it says otherwise,
 * the {@link #schedule} apart.
 */
final class Ledger {

    private LiveStudy study;
    private final List<TrialEntity> trials = new ArrayList<>();
    private Optional<Schedule> schedule = Optional.empty();

    private final TreeSet<Integer> fresh = new TreeSet<>();
    private final TreeSet<Integer> again = new TreeSet<>();
    private final TreeSet<Integer> published = new TreeSet<>();
    private final TreeSet<Integer> running = new TreeSet<>();
    private final TreeSet<Integer> paused = new TreeSet<>();
    private final Set<Configuration> tried = new HashSet<>();

    private boolean studyChanged;
    private final TreeSet<Integer> trialsChanged = new TreeSet<>();
    private final TreeSet<Integer> forgotten = new TreeSet<>();

    Ledger(StudyEntity entity, Collection<TrialEntity> stored) {
        study = new LiveStudy(entity);
        entity.spec().ifPresent(this::adopt);
        stored.stream().sorted(Comparator.comparingInt(TrialEntity::number)).forEach(trial -> {
            if (trial.number() != trials.size()) {
                throw new IllegalArgumentException("The trials of study " + entity.id()
                        + " must be numbered without a gap; number " + trials.size() + " is missing.");
            }
            trials.add(trial);
            index(trial);
            tried.add(trial.configuration());
            if (!trial.confirmation()) {
                trial.rungs().forEach(rung -> schedule().enter(trial.number(), rung.epochs(), rung.stopValue()));
                pauseInSchedule(trial);
            }
        });
    }

    StudyId id() {
        return study.id;
    }

    /** The study's own fields, to be read; the folding alone changes them, after {@link #touch}. */
    LiveStudy study() {
        return study;
    }

    StudySpec spec() {
        return study.asked();
    }

    Schedule schedule() {
        return schedule.orElseThrow(() -> new IllegalStateException("Study " + study.id + " must exist."));
    }

    Optional<TrialEntity> find(int number) {
        return number >= 0 && number < trials.size() ? Optional.of(trials.get(number)) : Optional.empty();
    }

    TrialEntity trial(int number) {
        return trials.get(number);
    }

    TrialId trialId(int number) {
        return new TrialId(study.id, number);
    }

    List<TrialEntity> trials() {
        return Collections.unmodifiableList(trials);
    }

    /** Trials that wait for their first attempt, by number. */
    TreeSet<Integer> fresh() {
        return fresh;
    }

    /** Trials that wait for another attempt, by number. */
    TreeSet<Integer> again() {
        return again;
    }

    /** Trials whose newest attempt lies in the queue. */
    TreeSet<Integer> published() {
        return published;
    }

    TreeSet<Integer> running() {
        return running;
    }

    TreeSet<Integer> paused() {
        return paused;
    }

    int inFlight() {
        return published.size() + running.size();
    }

    /** Whether a trial or a waiting suggestion has this configuration. */
    boolean knows(Configuration configuration) {
        return tried.contains(configuration)
                || study.waiting.stream()
                        .anyMatch(waiting -> waiting.configuration().equals(configuration));
    }

    /** Takes note that the study's own fields change. */
    LiveStudy touch() {
        studyChanged = true;
        return study;
    }

    void adopt(StudySpec spec) {
        if (schedule.isEmpty()) {
            Scheduler asked = study.halvingEnd.isPresent()
                    ? new Scheduler.None()
                    : spec.search().scheduler();
            schedule = Optional.of(Schedule.of(asked, spec.budget().epochs()));
        }
    }

    /** From now on trials are trained to the end. */
    void endHalving() {
        schedule = Optional.empty();
        adopt(spec());
    }

    /** Adds a trial, or replaces what is known of it. */
    void put(TrialEntity trial) {
        if (trial.number() == trials.size()) {
            trials.add(trial);
            tried.add(trial.configuration());
        } else {
            unindex(trials.get(trial.number()));
            trials.set(trial.number(), trial);
        }
        index(trial);
        trialsChanged.add(trial.number());
        forgotten.remove(trial.number());
    }

    void pauseInSchedule(TrialEntity trial) {
        boolean stands = trial.state() instanceof TrialState.Paused
                && trial.lastRung() > 0
                && trial.result()
                        .map(result -> result.epochs() == trial.lastRung())
                        .orElse(false);
        if (stands) {
            schedule().pause(trial.number(), trial.lastRung());
        }
    }

    /** Forgets all trials and everything of the study but its id, the attempts it has used, and requests. */
    void forget(StudyEntity remains) {
        for (TrialEntity trial : trials) {
            forgotten.add(trial.number());
        }
        trials.clear();
        trialsChanged.clear();
        fresh.clear();
        again.clear();
        published.clear();
        running.clear();
        paused.clear();
        tried.clear();
        schedule = Optional.empty();
        study = new LiveStudy(remains);
        studyChanged = true;
    }

    /** What changed since this was asked last. */
    Changes drain() {
        if (!studyChanged && trialsChanged.isEmpty() && forgotten.isEmpty()) {
            return Changes.NONE;
        }
        var changes = new Changes(
                studyChanged ? Optional.of(study.entity()) : Optional.empty(),
                trialsChanged.stream().map(trials::get).toList(),
                List.copyOf(forgotten));
        studyChanged = false;
        trialsChanged.clear();
        forgotten.clear();
        return changes;
    }

    /** The indexes and what the schedule would do next, for comparison. */
    List<Object> standing() {
        List<Object> standing = new ArrayList<>();
        standing.add(study.entity());
        standing.addAll(List.of(List.copyOf(trials), fresh, again, published, running, paused, tried));
        schedule.ifPresent(known -> standing.addAll(List.of(known.promotion(), known.promotable())));
        return standing;
    }

    private void index(TrialEntity trial) {
        indexOf(trial).ifPresent(index -> index.add(trial.number()));
    }

    private void unindex(TrialEntity trial) {
        indexOf(trial).ifPresent(index -> index.remove(trial.number()));
    }

    private Optional<TreeSet<Integer>> indexOf(TrialEntity trial) {
        return switch (trial.state()) {
            case TrialState.Queued(boolean inQueue) -> {
                boolean first = trial.attempts() == study.attemptFloor;
                yield Optional.of(inQueue ? published : first ? fresh : again);
            }
            case TrialState.Running ignored -> Optional.of(running);
            case TrialState.Paused ignored -> Optional.of(paused);
            case TrialState.Completed ignored -> Optional.empty();
            case TrialState.Pruned ignored -> Optional.empty();
            case TrialState.Infeasible ignored -> Optional.empty();
            case TrialState.Failed ignored -> Optional.empty();
            case TrialState.Cancelled ignored -> Optional.empty();
        };
    }
}
